/** A part's headers are no longer than this, in bytes; else what comes is no such answer. */
const LONGEST_HEADERS = 1 << 20;

const TEXT = new TextDecoder();

/** Reads an answer of many parts (`multipart/x-mixed-replace`), each of which tells its length. */
export class MultipartReader {
    #reader;
    #rest = new Uint8Array(0);

    /** @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader */
    constructor(reader) {
        this.#reader = reader;
    }

    /** The next part, the names of its headers in small letters. Fails where the answer ends, or is no such answer. */
    async next() {
        const headers = await this.#headers();
        return { headers, body: await this.#take(Number(headers.get('content-length'))) };
    }

    /** What follows the last part (RFC 2046 section 5.1.1), after the answer has ended: why; empty where it just broke off. */
    get epilogue() {
        return /--\S+--\r\n([^\r\n]+)\r\n$/.exec(TEXT.decode(this.#rest))?.[1] ?? '';
    }

    async #headers() {
        let end;
        while ((end = emptyLine(this.#rest)) < 0) {
            if (this.#rest.length > LONGEST_HEADERS) {
                throw new Error('these are no headers');
            }
            await this.#more(this.#rest.length + 1);
        }
        const lines = TEXT.decode(await this.#take(end + 4)).trim().split('\r\n').slice(1);
        return new Map(lines.map((line) => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }));
    }

    /**
     * The next bytes.
     *
     * @param {number} count
     */
    async #take(count) {
        await this.#more(count);
        const taken = this.#rest.slice(0, count);
        this.#rest = this.#rest.subarray(count);
        return taken;
    }

    /** Waits until at least so many are here. @param {number} count */
    async #more(count) {
        const chunks = [this.#rest];
        let length = this.#rest.length;
        while (length < count) {
            const { done, value } = await this.#reader.read();
            if (done) {
                this.#rest = joined(chunks, length);
                throw new Error('the answer has ended');
            }
            chunks.push(value);
            length += value.length;
        }
        this.#rest = joined(chunks, length);
    }
}

/**
 * @param {Uint8Array<ArrayBuffer>[]} chunks one at least
 * @param {number} length of all
 */
function joined(chunks, length) {
    if (chunks.length === 1) {
        return chunks[0];
    }
    const all = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.length;
    }
    return all;
}

/** Where the line before an empty line ends; -1 where there is none. @param {Uint8Array} bytes */
function emptyLine(bytes) {
    for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) {
        if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) {
            return at;
        }
    }
    return -1;
}
