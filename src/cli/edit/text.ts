import { parseYamlOrJson } from '../../api/yaml';
import { goJson } from '../print/go-json';

/** Why a file is opened again: the objects that were refused, each with the fields at fault. */
export interface EditReason {
  head: string;
  fields: readonly string[];
}

export type Heading = 'object' | 'last-applied';

const headings: Readonly<Record<Heading, string>> = {
  'object': `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  'last-applied': `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
};

/** The comment above the objects. Wording after k8s.io/kubectl/pkg/cmd/util/editor. */
export function headerText(heading: Heading, reasons: readonly EditReason[]): string {
  return headings[heading] + reasons.map(({ head, fields }) =>
    `# ${commented(head)}${fields.length ? ':' : ''}\n${fields.map((field) => `# * ${commented(field)}\n`).join('')}#\n`).join('');
}

/** Every line of a text that stands behind a `# `. */
const commented = (text: string) => text.replace(/\n(?=[^#])/g, '\n# ');

/** Without lines that are comments. */
export function withoutComments(text: string): string {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => (/^#(?!!)/.test(line.trim()) ? [] : [index < lines.length - 1 ? `${line}\n` : line])).join('');
}

/** What a file means, to compare two of them: its data where it can be read, else its lines without comments. */
export function meaningOf(text: string): string {
  try {
    return goJson(parseYamlOrJson(text, { bigints: true }));
  } catch {
    return withoutComments(text);
  }
}

/** Is there anything but comments and blank lines? */
export const hasLines = (text: string): boolean => text.split('\n').some((line) => /^[^#]/.test(line.trim()));
