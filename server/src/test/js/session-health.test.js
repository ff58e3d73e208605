import { equal } from 'node:assert/strict';
import { PATIENCE, PATIENCE_AGAIN, SessionHealth } from '#web/player/session-health.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

const SURROUNDINGS = { visible: true, answered: true, closed: false, waitingSince: Infinity };

/** A session, judged after some time. @param {{sends?: boolean, patience?: number}} [kind] */
function begun({ sends = false, patience = PATIENCE } = {}) {
    const clock = new ManualClock();
    const health = new SessionHealth(sends, patience, clock.now);
    return {
        clock,
        health,
        /** @param {number} milliseconds @param {Partial<typeof SURROUNDINGS>} [surroundings] */
        after(milliseconds, surroundings = {}) {
            clock.pass(milliseconds);
            return health.verdict({ ...SURROUNDINGS, ...surroundings });
        },
    };
}

/** The same, connected and showing pictures that are known. @param {{sends?: boolean}} [kind] */
function playing(kind) {
    const session = begun(kind);
    session.health.changed(true);
    session.health.told();
    session.health.counted({ packets: 1, arrived: 1 });
    session.health.shown();
    session.health.named();
    return session;
}

test('a session that does not connect in time has failed', () => {
    const { after } = begun();
    equal(after(PATIENCE), 'wait');
    equal(after(1), 'failed');
});

test('one that has played before fails sooner, since another transport shows pictures meanwhile', () => {
    const { after } = begun({ patience: PATIENCE_AGAIN });
    equal(after(PATIENCE_AGAIN + 1), 'failed');
});

test('a connected session waits for a stream that has no pictures', () => {
    const { health, after } = begun();
    health.changed(true);
    equal(after(60_000), 'wait');
});

test('pictures that nobody names are a failure, and the reason says so', () => {
    const { health, after } = begun();
    health.changed(true);
    health.shown();
    equal(after(PATIENCE + 1), 'failed');
    equal(health.want, 'pictures came, but nothing said which they are');
});

test('a picture that was told of and does not come is a failure, unless the page cannot be seen', () => {
    const { health, after } = begun();
    health.changed(true);
    health.told();
    health.counted({ packets: 1, arrived: 1 });
    equal(after(PATIENCE + 1, { visible: false }), 'wait');
    equal(after(0), 'failed');
    equal(health.want, 'packets came, but no picture');
});

test('who sends expects a picture back', () => {
    const { health, after } = begun({ sends: true });
    health.changed(true);
    equal(after(PATIENCE + 1), 'failed');
    equal(health.want, 'connected, but nothing came back');
});

test('a session without metadata is given up, once the server has answered', () => {
    const { health, after } = begun();
    health.untold();
    equal(after(1, { answered: false }), 'wait');
    equal(after(1), 'anonymous');
});

test('a picture that is owed for half a second restarts ICE, and for two seconds ends the session', () => {
    const { health, after } = playing();
    health.told();
    equal(after(500), 'wait');
    equal(after(1), 'restart');
    equal(after(1_500), 'lost');
});

test('a packet settles what was owed', () => {
    const { health, after } = playing();
    health.told();
    equal(after(501), 'restart');
    health.counted({ packets: 2, arrived: 2 });
    equal(after(0), 'wait');
});

test('who sends and hears nothing at all restarts ICE', () => {
    const { health, after } = playing({ sends: true });
    equal(after(1_500), 'wait');
    equal(after(1), 'restart');
    health.counted({ packets: 1, arrived: 2 });
    equal(after(0), 'wait');
});

test('pictures that wait two seconds for their identities end the session', () => {
    const { clock, after } = playing();
    const waitingSince = clock.time;
    equal(after(2_000, { waitingSince }), 'wait');
    equal(after(1, { waitingSince }), 'lost');
});

test('a session whose packets come, but whose pictures do not, starves after four seconds', () => {
    const { health, after } = playing();
    for (let packets = 2; packets <= 5; packets++) {
        health.told();
        health.counted({ packets, arrived: packets });
        equal(after(1_000), 'wait');
    }
    health.counted({ packets: 6, arrived: 6 });
    equal(after(1), 'starved');
    health.shown();
    equal(after(0), 'wait', 'a picture ends it');
});

test('a session that nobody sees does not starve, nor one of a source that rests', () => {
    const { health, after } = playing();
    health.told();
    health.counted({ packets: 2, arrived: 2 });
    equal(after(4_001, { visible: false }), 'wait');
    health.told();
    health.counted({ packets: 3, arrived: 3 });
    equal(after(4_001), 'wait', 'nothing has been told for long');
});

test('a broken connection has two seconds to come back', () => {
    const { health, after } = playing();
    health.changed(false);
    equal(after(2_000), 'wait');
    health.changed(true);
    equal(after(10_000), 'wait');
    health.changed(false);
    equal(after(1_500), 'wait');
    health.changed(false);
    equal(after(501), 'lost', 'since it broke, not since that was last told');
});

test('a server that says goodbye ends the session at once', () => {
    equal(playing().after(0, { closed: true }), 'lost');
});

test('ICE is restarted once a second at most, and not before there was a connection', () => {
    const { health, clock } = begun();
    equal(health.mayRestart(), false);
    health.changed(true);
    equal(health.mayRestart(), true);
    clock.pass(999);
    equal(health.mayRestart(), false);
    clock.pass(1);
    equal(health.mayRestart(), true);
});

test('a session has played once a picture was known', () => {
    equal(begun().health.played, false);
    equal(playing().health.played, true);
});
