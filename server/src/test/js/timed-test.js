import process from 'node:process';
import { test as untimed } from 'node:test';
import { setTimeout } from 'node:timers';

/** Far more than any takes. */
const LIMIT_MILLIS = 30_000;
const LEFTOVERS_MILLIS = 1_000;

/** @type {Promise<void>[]} */
const begun = [];

/**
 * A test that fails if it hangs, so that its name is known and the others go on.
 *
 * @param {string} name
 * @param {() => void | Promise<void>} body
 */
export function test(name, body) {
    begun.push(untimed(name, { timeout: LIMIT_MILLIS }, body));
}

/** Waits for all tests; what one that hung left open does not keep the process alive. */
export async function end() {
    await Promise.all(begun);
    setTimeout(() => process.exit(), LEFTOVERS_MILLIS).unref();
}
