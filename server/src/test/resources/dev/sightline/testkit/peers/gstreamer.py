"""Watches by WHEP, or sends by WHIP, with GStreamer's webrtcbin (libnice) for a while; prints what it saw as a line of JSON.

Usage: gstreamer.py watch|send ADDRESS SECONDS VP8|H264 none|first|second     the last: where the offer has its sound
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

PATIENCE = 20
VIDEO = "application/x-rtp,media=video,encoding-name={},payload=96,clock-rate=90000"
SOUND = "application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2"
H264 = ",packetization-mode=(string)1,profile-level-id=(string)42e01f,level-asymmetry-allowed=(string)1"
ENCODERS = {
    "VP8": "vp8enc deadline=1 cpu-used=8 target-bitrate=800000 keyframe-max-dist=120 ! rtpvp8pay picture-id-mode=2",
    "H264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max=120 "
    "! video/x-h264,profile=constrained-baseline ! rtph264pay config-interval=-1 aggregate-mode=zero-latency",
}
DECODERS = {"VP8": "rtpvp8depay ! vp8dec", "H264": "rtph264depay ! h264parse ! avdec_h264"}


class Peer:
    def __init__(self, role, address, codec, sound):
        self.role, self.address, self.codec = role, address, codec
        self.seen = {"frames": 0, "longestGapSeconds": 0.0, "states": []}
        self.last = None
        self.session = None
        self.loop = GLib.MainLoop()
        self.pipe = Gst.Pipeline.new(None)
        self.rtc = Gst.ElementFactory.make("webrtcbin", None)
        self.rtc.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        self.pipe.add(self.rtc)
        self.agent = self.rtc.get_property("ice-agent")
        self.agent.emit("add-local-ip-address", "127.0.0.1")
        kinds = {"none": ["video"], "first": ["audio", "video"], "second": ["video", "audio"]}[sound]
        for kind in kinds:
            (self.take if role == "watch" else self.give)(kind)
        self.rtc.connect("pad-added", self.on_pad)
        self.rtc.connect("notify::connection-state", self.on_state)
        self.rtc.connect("notify::ice-gathering-state", self.on_gathered)
        self.pipe.set_state(Gst.State.PLAYING)
        GLib.timeout_add(200, self.offer)

    def caps(self, kind):
        cut = H264 if self.codec == "H264" and self.role == "watch" else ""
        return Gst.Caps.from_string(VIDEO.format(self.codec) + cut if kind == "video" else SOUND)

    def take(self, kind):
        self.rtc.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, self.caps(kind))

    def give(self, kind):
        source = (
            "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1 ! " + ENCODERS[self.codec]
            if kind == "video"
            else "audiotestsrc is-live=true ! audioconvert ! opusenc ! rtpopuspay pt=111"
        )
        source = Gst.parse_bin_from_description(source + " name=pay", True)
        self.pipe.add(source)
        pad = self.rtc.request_pad(self.rtc.get_pad_template("sink_%u"), None, self.caps(kind))
        source.get_static_pad("src").link(pad)
        pad.get_property("transceiver").set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)

    def offer(self):
        if any(pad.direction == Gst.PadDirection.SINK and not pad.get_current_caps() for pad in self.rtc.pads):
            return True
        def made(promise, *_):
            reply = promise.get_reply()
            self.rtc.emit("set-local-description", reply.get_value("offer"), Gst.Promise.new())

        self.rtc.emit("create-offer", None, Gst.Promise.new_with_change_func(made))
        return False

    def on_gathered(self, *_):
        if self.rtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self.post)

    def post(self):
        offer = self.rtc.get_property("local-description").sdp.as_text()
        request = urllib.request.Request(self.address, offer.encode(), {"Content-Type": "application/sdp"})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                answer = response.read()
                self.session = urllib.parse.urljoin(self.address, response.headers["Location"])
        except urllib.error.HTTPError as refused:
            sys.exit(f"{refused.code} {refused.read().decode()} {offer}")
        _, message = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(answer, message)
        described = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.rtc.emit("set-remote-description", described, Gst.Promise.new())
        return False

    def on_state(self, *_):
        state = self.rtc.get_property("connection-state").value_nick
        self.seen["states"].append(state)
        if state == "connected":
            GLib.timeout_add(int(self.seconds * 1000), self.loop.quit)

    def on_pad(self, _, pad):
        if pad.direction != Gst.PadDirection.SRC or pad.get_current_caps().get_structure(0).get_string("media") != "video":
            return
        sink = Gst.parse_bin_from_description("queue ! " + DECODERS[self.codec] + " ! fakesink name=out sync=false", True)
        sink.get_by_name("out").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, self.on_frame)
        self.pipe.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def on_frame(self, *_):
        now = time.monotonic()
        if self.last is not None:
            self.seen["longestGapSeconds"] = max(self.seen["longestGapSeconds"], now - self.last)
        self.last = now
        self.seen["frames"] += 1
        return Gst.PadProbeReturn.OK

    def run(self, seconds):
        self.seconds = seconds
        self.loop.run()
        if self.session:
            try:
                urllib.request.urlopen(urllib.request.Request(self.session, method="DELETE"), timeout=PATIENCE)
            except urllib.error.HTTPError as gone:
                self.seen["states"].append(f"{gone.code} at the end")
        self.pipe.set_state(Gst.State.NULL)
        print(json.dumps(self.seen), flush=True)


if __name__ == "__main__":
    Gst.init(None)
    Peer(sys.argv[1], sys.argv[2], sys.argv[4], sys.argv[5]).run(float(sys.argv[3]))
