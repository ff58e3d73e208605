/** A clock that goes on when it is told to. */
export class ManualClock {
    /** In milliseconds. */
    time = 1_000;

    now = () => this.time;

    /** @param {number} milliseconds */
    pass(milliseconds) {
        this.time += milliseconds;
    }
}
