import { asked, described, lost as away, show } from "./standing.js";

// Plays the camera by WebRTC. Without a picture after 3 s it shows the feed and says why. A lost connection is made again.
const video = document.getElementById("video");
const feed = document.getElementById("feed");
const status = document.getElementById("status");
const figure = document.querySelector("figure");
let connection;
let way = "";
let lost = true;

// Our offer goes up, the answer comes back, and with it all that the browser needs.
async function connect() {
  connection = new RTCPeerConnection();
  connection.addTransceiver("video", { direction: "recvonly" });
  connection.ontrack = ({ track }) => (video.srcObject = new MediaStream([track]));
  connection.onconnectionstatechange = ({ target }) => (lost ||= /disconnected|failed/.test(target.connectionState));
  await connection.setLocalDescription();
  const { sdp, type } = connection.localDescription;
  const answer = await fetch("offer", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ sdp, type }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  await connection.setRemoteDescription(said);
  await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(reject, 3000, new Error("no picture came within 3 s")));
}

async function play() {
  connection?.close();
  try {
    await Promise.race([connect(), tooLate()]);
    way = " by WebRTC";
  } catch (error) {
    connection?.close();
    feed.src = `video_feed?${Date.now()}`;
    way = `, the feed, because WebRTC did not work: ${error.message}`;
  }
  video.hidden = way !== " by WebRTC";
  feed.hidden = !video.hidden;
  if (feed.hidden) feed.removeAttribute("src");
}

// What breaks off is not always told to the page, so the server is asked.
async function look() {
  const camera = await asked("camera");
  if (camera) {
    if (lost) {
      lost = false;
      await play();
    }
    const live = camera.state === "LIVE";
    show(figure, status, live ? `live${way}` : described(camera), live);
  } else {
    lost = true;
    show(figure, status, away, false);
  }
  setTimeout(look, 1000);
}

feed.addEventListener("error", () => (lost = true));
look();
