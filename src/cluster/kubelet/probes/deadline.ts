import type { Clock } from '../../../api/clock';

const deadlineExceeded = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

/** Timers are a little late on every machine. */
const punctualMs = 50;

/**
 * Rejects when the time is over; what was begun is told so by `onCancel`. A process that was kept from its work that long
 * finds the timer due before it has read the answer: it looks at its connections once more before it blames the container.
 */
export function within<T>(clock: Clock, timeoutMs: number, run: (onCancel: (cancel: () => void) => void) => Promise<T>, message = deadlineExceeded): Promise<T> {
  return new Promise((resolve, reject) => {
    let cancelWork = () => {};
    let isOver = false;
    const dueAt = clock.now() + timeoutMs;
    const expire = () => {
      isOver = true;
      cancelWork();
      reject(new Error(message));
    };
    let cancelTimer = clock.schedule(timeoutMs, () => {
      const lateMs = clock.now() - dueAt;
      if (lateMs < punctualMs) expire();
      else cancelTimer = clock.schedule(Math.min(lateMs, timeoutMs), expire);
    });
    const onCancel = (cancel: () => void) => {
      cancelWork = cancel;
      if (isOver) cancel();
    };
    run(onCancel).then(resolve, reject).finally(() => cancelTimer());
  });
}
