// The command line in chunks: each is what one set of commands needs, so that a command only loads its own.
// A file of them is a line of JSON, { entry, chunks: { NAME: [offset, length] } } with offsets behind that line, and
// the chunks: function expressions of CommonJS modules that require each other as ./NAME.
import { basename } from 'node:path';
import { build, transform } from 'esbuild';

const wrapper = {
  banner: '(function (exports, require, module, __filename, __dirname) {',
  footer: '})',
};

/** esbuild options of a bundle → the bytes of a file of chunks */
export async function buildChunks(options) {
  const { outputFiles, metafile } = await build({ ...options, format: 'esm', splitting: true, metafile: true, write: false, outdir: 'chunks', entryNames: '[name]-[hash]' });
  refuseDefaults(metafile);
  const isEntry = ([, { entryPoint }]) => entryPoint === options.entryPoints[0];
  const [entry] = Object.entries(metafile.outputs).find(isEntry);
  const chunks = await Promise.all(outputFiles.map(async ({ path, text }) => ({ name: basename(path), code: await toCommonJs(text, options) })));
  const index = {};
  let offset = 0;
  for (const { name, code } of chunks) {
    index[name] = [offset, code.length];
    offset += code.length;
  }
  const head = `${JSON.stringify({ entry: basename(entry), chunks: index })}\n`;
  return Buffer.from(head + chunks.map(({ code }) => code).join(''), 'latin1');
}

/** import() of a CommonJS package gives its exports as `default` alone here, and by their names everywhere else: import it statically, in a module that is loaded when it is needed. */
function refuseDefaults({ outputs }) {
  const wrong = Object.values(outputs).filter(({ entryPoint, exports }) => entryPoint?.startsWith('node_modules/') && exports.join() === 'default');
  if (wrong.length) throw new Error(`import() of CommonJS: ${wrong.map(({ entryPoint }) => entryPoint).join(', ')}`);
}

async function toCommonJs(text, { target, minifySyntax, minifyWhitespace, supported }) {
  const { code } = await transform(text, { format: 'cjs', platform: 'node', target, minifySyntax, minifyWhitespace, supported, ...wrapper });
  // A chunk is read as Latin-1. esbuild escapes what is not ASCII everywhere but in regular expressions.
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
