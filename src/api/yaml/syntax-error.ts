import type { LineCounter, YAMLParseError } from 'yaml';
import { YamlError } from './scalar';

/** go-yaml's scanner counts lines from 1, its parser from 0; neither names the first. */
type Stage = 'scanner' | 'parser';

interface Wording {
  stage: Stage;
  text: string;
}

const scanner = (text: string): Wording => ({ stage: 'scanner', text });
const parser = (text: string): Wording => ({ stage: 'parser', text });

const mappingValues = scanner('mapping values are not allowed in this context');
const expectedKey = parser('did not find expected key');

/** By the code of the error and a part of its message; the first that fits. */
const wordings: [code: string, part: RegExp, wording: Wording][] = [
  ['BLOCK_AS_IMPLICIT_KEY', /./, mappingValues],
  ['TAB_AS_INDENT', /./, scanner('found character that cannot start any token')],
  ['BAD_SCALAR_START', /./, scanner('found character that cannot start any token')],
  ['BAD_DQ_ESCAPE', /./, scanner('found unknown escape character')],
  ['MISSING_CHAR', /closing.*quote/, scanner('found unexpected end of stream')],
  ['MISSING_CHAR', /flow map|\}/, parser("did not find expected ',' or '}'")],
  ['MISSING_CHAR', /flow sequence|\]/, parser("did not find expected ',' or ']'")],
  ['MISSING_CHAR', /./, scanner("could not find expected ':'")],
  ['BAD_INDENT', /flow map/, parser("did not find expected ',' or '}'")],
  ['BAD_INDENT', /flow seq/, parser("did not find expected ',' or ']'")],
  ['BAD_INDENT', /sequence/, parser("did not find expected '-' indicator")],
  ['BAD_INDENT', /./, expectedKey],
  ['MULTILINE_IMPLICIT_KEY', /./, mappingValues],
  ['KEY_OVER_1024_CHARS', /./, scanner("could not find expected ':'")],
  ['BLOCK_IN_FLOW', /./, parser('did not find expected node content')],
  ['BAD_ALIAS', /./, scanner('did not find expected alphabetic or numeric character')],
  ['MULTIPLE_ANCHORS', /./, expectedKey],
  ['MULTIPLE_TAGS', /./, expectedKey],
  ['UNEXPECTED_TOKEN', /block-seq|seq-item/, scanner('block sequence entries are not allowed in this context')],
  ['UNEXPECTED_TOKEN', /flow-seq|flow-map|comma/, parser('did not find expected node content')],
];

/** A syntax error in go-yaml's words, with the line as it would count it. */
export function syntaxError(error: YAMLParseError, text: string, lines: LineCounter): YamlError {
  const { stage, text: message } = wordings.find(([code, part]) => code === error.code && part.test(error.message))?.[2] ?? expectedKey;
  const line = lines.linePos(Math.min(error.pos[0], text.length)).line - (stage === 'parser' ? 1 : 0);
  const first = stage === 'parser' ? 1 : 2;
  return new YamlError(`yaml: ${line >= first ? `line ${line}: ` : ''}${message}`);
}
