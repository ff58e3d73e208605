// As much of Node.js as the tests use.
declare module 'node:test' {
    export function test(name: string, options: { timeout: number }, body: () => void | Promise<void>): Promise<void>;
}

declare module 'node:assert/strict' {
    export function deepEqual(actual: unknown, expected: unknown, message?: string): void;
    export function equal(actual: unknown, expected: unknown, message?: string): void;
    export function match(actual: string, expected: RegExp): void;
    export function ok(actual: unknown, message?: string): void;
    export function rejects(actual: Promise<unknown>, expected: RegExp): Promise<void>;
}

declare module 'node:fs' {
    export function readdirSync(folder: URL): string[];
}

declare module 'node:http' {
    interface Response {
        writeHead(status: number): this;
        end(body: string): void;
    }

    interface Server {
        address(): { port: number };
        close(done: (value: unknown) => void): void;
        closeAllConnections(): void;
        listen(port: number, host: string, done: (value: unknown) => void): void;
    }

    export function createServer(answer: (request: unknown, response: Response) => void): Server;
}

declare module 'node:process' {
    const process: { exit(): never };
    export default process;
}

declare module 'node:timers' {
    export function setTimeout(task: () => void, millis: number): { unref(): void };
}

declare function setImmediate(task: (value: unknown) => void): void;
