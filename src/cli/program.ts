/** The name in texts that repeat kubectl's word for word: scripts and eyes expect them unchanged. */
export const programName = 'kubectl';
