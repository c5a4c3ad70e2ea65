import tseslint from 'typescript-eslint';

// Time, randomness, output and exits are injected; the files that own the real ones say so where they use them.
const impure = {
  'no-restricted-properties': ['error',
    { object: 'Date', property: 'now', message: 'take a Clock' },
    { object: 'Math', property: 'random', message: 'take a Random' },
    { object: 'process', property: 'exit', message: 'set process.exitCode in the entry' },
  ],
  'no-restricted-globals': ['error', { name: 'console', message: 'write to an injected stream' }],
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/api/generated/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  // A name with an underscore is there to be left out.
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }] } },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...impure,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    // The process of the daemon: where the real randomness comes in, and where the process ends.
    files: ['src/cluster/main.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.cjs', 'bin/**'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
