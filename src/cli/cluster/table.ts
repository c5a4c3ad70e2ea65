import Table from 'cli-table3';

/** Without lines, two spaces between the columns. */
const style = {
  chars: {
    'top': '', 'top-mid': '', 'top-left': '', 'top-right': '', 'bottom': '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
    'left': '', 'left-mid': '', 'mid': '', 'mid-mid': '', 'right': '', 'right-mid': '', 'middle': '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, 'head': [] as string[], 'border': [] as string[] },
};

/** The table of knarr's own commands. */
export const plainTable = (head?: string[]): Table.Table => new Table({ ...style, ...(head && { head }) });

/** Tables fill their last column with spaces. */
export const trimmedTable = (table: Table.Table): string => `${table.toString().replace(/ +$/gm, '')}\n`;
