// The CLI uses one oclif Command and the parser. What oclif loads besides (its configuration loader, help, spinner,
// colours) would cost more at every start than the command itself.
import { readFile } from 'node:fs/promises';

const unused = /@oclif\/core\/lib\/(config\/(config|plugin|plugin-loader|ts-path|ts-node|index|util)|help\/(index|command|root|docopts|formatter|util)|ux\/(index|action\/.*|colorize-json|supports-color|theme|list)|module-loader|performance|util\/read-(pjson|tsconfig)|errors\/handle|flush|screen|logger)\.js$/;

/** Members that oclif reads of such a module while it loads or runs one command. */
const surrogate = `
const nothing = () => undefined;
const ux = { action: { stop: nothing }, colorize: (_color, text) => text, colorizeJson: JSON.stringify,
  stdout: (text) => process.stdout.write(text + '\\n'), stderr: (text) => process.stderr.write(text + '\\n') };
const silent = { child: () => silent, debug: nothing, error: nothing, info: nothing, trace: nothing, warn: nothing };
module.exports = { ux, Config: class {}, Help: class {}, CommandHelp: class {}, normalizeArgv: () => [], loadHelpClass: nothing,
  stdtermwidth: 80, errtermwidth: 80, colorize: ux.colorize, Performance: { mark: nothing }, default: {},
  getLogger: () => silent, makeDebug: () => nothing, setLogger: nothing, clearLoggers: nothing,
  formatCommandDeprecationWarning: nothing, formatFlagDeprecationWarning: nothing };
`;

export const oclifDiet = {
  name: 'oclif-diet',
  setup(build) {
    // Packages that colour, wrap and log what this program words itself.
    build.onLoad({ filter: /node_modules\/(clean-stack|indent-string|wrap-ansi|ansis|ejs|supports-color)\/.*\.js$/ }, () =>
      ({ contents: 'module.exports = (text) => text;', loader: 'js' }));
    build.onLoad({ filter: /node_modules\/@oclif\/core\/lib\/.*\.js$/ }, async ({ path }) =>
      ({ contents: unused.test(path) ? surrogate : await readFile(path, 'utf8'), loader: 'js' }));
  },
};
