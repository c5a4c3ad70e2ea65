const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (number: number) => String(number).padStart(2, '0');

function offsetText(minutesWest: number): string {
  const minutes = Math.abs(minutesWest);
  return `${minutesWest > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** `Sat, 31 Jan 2026 12:00:00 +0000` in the local zone, as Go's RFC1123Z; Go's zero time where there is none. */
export function dateText(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const date = new Date(timestamp);
  const day = `${days[date.getDay()]}, ${two(date.getDate())} ${months[date.getMonth()]} ${date.getFullYear()}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time} ${offsetText(date.getTimezoneOffset())}`;
}

/** `2026-01-31 12:00:00 +0000 UTC`, as Go prints a time; zones other than UTC by their offset. */
export function stampText(timestamp: string | null | undefined): string {
  if (!timestamp) return '0001-01-01 00:00:00 +0000 UTC';
  const date = new Date(timestamp);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  const offset = offsetText(date.getTimezoneOffset());
  return `${day} ${time} ${offset} ${offset === '+0000' ? 'UTC' : offset}`;
}
