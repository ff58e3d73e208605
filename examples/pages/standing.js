// Shows a picture that is not live as what it is: in gray, with a line under it that says why.
const words = {
  IDLE: "nobody watches",
  STARTING: "connecting…",
  STALE: "no picture",
  OFFLINE: "no signal",
  ENDED: "ended",
};

/** Grays the pictures of a figure, or gives them their colours back, and says a line. */
export function show(figure, status, line, live) {
  figure.classList.toggle("dead", !live);
  if (status.textContent !== line) status.textContent = line;
}

/** What a stream's state means, in a line: "no signal since 12:34:56: the file is gone". */
export function described({ state, since, reason }) {
  const time = new Date(since).toLocaleTimeString();
  return `${words[state] ?? state} since ${time}${reason ? `: ${reason}` : ""}`;
}

/** How a stream is doing, as the server says; undefined where the server does not answer. */
export async function asked(stream) {
  try {
    const answer = await fetch(`api/streams/${stream}`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/** Asks once a second, and says it; `line()` is said of a live stream. */
export async function follow(stream, figure, status, line) {
  const standing = await asked(stream);
  if (!standing) show(figure, status, lost, false);
  else if (standing.state === "LIVE") show(figure, status, line(), true);
  else show(figure, status, described(standing), false);
  setTimeout(follow, 1000, stream, figure, status, line);
}

export const lost = "the connection is lost; trying again…";

/** Socket.IO's path below whatever path this page has. */
export const socketPath = new URL("socket.io/", document.baseURI).pathname;
