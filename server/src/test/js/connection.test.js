import { deepEqual, equal } from 'node:assert/strict';
import { Connection, pauseAfter } from '#web/player/connection.js';
import { ServerClock } from '#web/player/server-clock.js';
import { withServer } from './local-server.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/player/connection.js').Ending} Ending */

/**
 * What a connection tells until its first trouble.
 *
 * @param {string} base the server's address
 * @param {import('#web/player/connection.js').Attempt<string, string>} attempt
 * @returns {Promise<string[]>}
 */
function told(base, attempt) {
    /** @type {string[]} */
    const lines = [];
    return new Promise((resolve) => {
        const connection = new Connection(new ServerClock(base), attempt, {
            onOpen: (channel) => lines.push(`open ${channel}`),
            onPicture: (header, picture) => lines.push(`picture ${header.seq} ${picture}`),
            onMessage: (message) => lines.push(`message ${message}`),
            onTrouble: (trouble, reason) => {
                lines.push(`${trouble} ${reason}`.trim());
                connection.close();
                resolve(lines);
            },
        });
    });
}

/** An attempt that ends at once. @param {Ending} ending @returns {() => Promise<Ending>} */
const ends = (ending) => () => Promise.resolve(ending);

/** @type {any} */
const HEADER = { seq: 7 };

test('what an attempt brings is passed on, and why it ended', async () => {
    await withServer(0, async (base) => {
        const lines = await told(base, async (receiver) => {
            receiver.onOpen('channel');
            receiver.onMessage('hello');
            receiver.onPicture(HEADER, 'jpeg');
            return { trouble: 'over', reason: 'the file is over' };
        });
        deepEqual(lines, ['open channel', 'message hello', 'picture 7 jpeg', 'over the file is over']);
    });
});

test('a transport is blocked where the server answers otherwise', async () => {
    await withServer(0, async (base) => deepEqual(await told(base, ends({ trouble: 'blocked', reason: 'no UDP' })), ['blocked no UDP']));
});

test('where the server does not answer at all, the transport is not to blame', async () => {
    let gone = '';
    await withServer(0, async (base) => void (gone = base));
    deepEqual(await told(gone, ends({ trouble: 'blocked', reason: 'no UDP' })), ['reconnecting']);
});

test('another attempt follows when the server answers, until it is closed', async () => {
    await withServer(0, async (base) => {
        let attempts = 0;
        await new Promise((resolve) => {
            const connection = new Connection(new ServerClock(base), async (receiver) => {
                attempts++;
                receiver.onMessage('hello');
                return { trouble: 'reconnecting', reason: '' };
            }, {
                onOpen: () => {},
                onPicture: () => {},
                onMessage: () => {},
                onTrouble: () => {
                    if (attempts === 2) {
                        connection.close();
                        resolve(undefined);
                    }
                },
            });
        });
        await new Promise((resolve) => setTimeout(resolve, 0));
        equal(attempts, 2);
    });
});

test('nothing follows what the operator has ended', async () => {
    await withServer(0, async (base) => {
        let attempts = 0;
        const trouble = await new Promise((resolve) => {
            new Connection(new ServerClock(base), async () => {
                attempts++;
                return { trouble: 'disconnected', reason: 'by the operator' };
            }, { onOpen: () => {}, onPicture: () => {}, onMessage: () => {}, onTrouble: (...told) => resolve(told) });
        });
        deepEqual(trouble, ['disconnected', 'by the operator']);
        await new Promise((resolve) => setTimeout(resolve, 300));
        equal(attempts, 1);
    });
});

test('an attempt is told when the connection is closed, and nothing follows', async () => {
    await withServer(0, async (base) => {
        let [troubles, aborted] = [0, false];
        await new Promise((resolve) => {
            /** @type {Connection<string, string>} */
            const connection = new Connection(new ServerClock(base), (_receiver, signal) => {
                queueMicrotask(() => {
                    connection.close();
                    ({ aborted } = signal);
                });
                return new Promise((end) => signal.addEventListener('abort', () => {
                    end({ trouble: 'reconnecting', reason: '' });
                    setTimeout(resolve, 0);
                }));
            }, { onOpen: () => {}, onPicture: () => {}, onMessage: () => {}, onTrouble: () => troubles++ });
        });
        equal(aborted, true);
        equal(troubles, 0);
    });
});

test('lost connections are tried again after 100 ms, then twice as long, at last every second', () => {
    deepEqual([0, 1, 2, 3, 4, 50].map((failures) => pauseAfter('reconnecting', failures, 1)), [100, 200, 400, 800, 1_000, 1_000]);
});

test('players that lost the same server do not all come back at once', () => {
    equal(pauseAfter('blocked', 50, 0), 500);
});

test('what only the server can change is asked for every few seconds', () => {
    deepEqual([pauseAfter('missing', 0), pauseAfter('refused', 9), pauseAfter('over', 0)], [2_000, 5_000, 2_000]);
});
