import { createServer } from 'node:http';

/**
 * A server whose clock is ahead.
 *
 * @param {number} ahead in milliseconds
 * @param {(base: string, asked: () => number) => Promise<void>} use gets its address, and how often it was asked
 * @param {number} [status] of its answers
 */
export async function withServer(ahead, use, status = 200) {
    let asked = 0;
    const server = createServer((_request, response) => {
        asked++;
        response.writeHead(status).end(JSON.stringify({ now: performance.timeOrigin + performance.now() + ahead }));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
        await use(`http://127.0.0.1:${server.address().port}/`, () => asked);
    } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
}
