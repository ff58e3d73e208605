// Watches by WHEP with Pion and sends on what comes by WHIP, without decoding it; prints what it saw as a line of JSON.
//
// Usage: pion WHEP-ADDRESS WHIP-ADDRESS SECONDS VP8|H264 none|first|second     the last: where the offers have their sound
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pion/ice/v2"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc"
)

type seen struct {
	mutex             sync.Mutex
	Frames            int      `json:"frames"`
	LongestGapSeconds float64  `json:"longestGapSeconds"`
	ConnectMillis     []int64  `json:"connectMillis"`
	States            []string `json:"states"`
	last              time.Time
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// peer makes one that knows a single codec of video, so that both sides of the relay have the same.
func peer(codec string) *webrtc.PeerConnection {
	engine := &webrtc.MediaEngine{}
	feedback := []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}}
	format := ""
	if codec == "H264" {
		format = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
	}
	check(engine.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: "video/" + codec, ClockRate: 90000, SDPFmtpLine: format, RTCPFeedback: feedback},
		PayloadType: 96}, webrtc.RTPCodecTypeVideo))
	check(engine.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/opus", ClockRate: 48000, Channels: 2},
		PayloadType:        111}, webrtc.RTPCodecTypeAudio))
	registry := &interceptor.Registry{}
	check(webrtc.RegisterDefaultInterceptors(engine, registry))
	settings := webrtc.SettingEngine{}
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetIPFilter(net.IP.IsLoopback)
	made, err := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithInterceptorRegistry(registry),
		webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{})
	check(err)
	return made
}

// sections calls what adds the video, and adds sound before or after it.
func sections(pc *webrtc.PeerConnection, sound string, direction webrtc.RTPTransceiverDirection, video func()) {
	add := func() {
		_, err := pc.AddTransceiverFromKind(webrtc.RTPCodecTypeAudio, webrtc.RTPTransceiverInit{Direction: direction})
		check(err)
	}
	if sound == "first" {
		add()
	}
	video()
	if sound == "second" {
		add()
	}
}

// negotiate offers, takes the answer, and gives the address of the session.
func negotiate(pc *webrtc.PeerConnection, address string, all *seen, role string) string {
	var begun time.Time
	pc.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		all.mutex.Lock()
		defer all.mutex.Unlock()
		all.States = append(all.States, role+" "+state.String())
		if state == webrtc.PeerConnectionStateConnected {
			all.ConnectMillis = append(all.ConnectMillis, time.Since(begun).Milliseconds())
		}
	})
	offer, err := pc.CreateOffer(nil)
	check(err)
	gathered := webrtc.GatheringCompletePromise(pc)
	check(pc.SetLocalDescription(offer))
	<-gathered
	response, err := http.Post(address, "application/sdp", strings.NewReader(pc.LocalDescription().SDP))
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)
	if response.StatusCode != http.StatusCreated {
		check(fmt.Errorf("%d %s", response.StatusCode, answer))
	}
	begun = time.Now()
	check(pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(answer)}))
	base, err := url.Parse(address)
	check(err)
	session, err := base.Parse(response.Header.Get("Location"))
	check(err)
	return session.String()
}

func end(session string, all *seen) {
	request, err := http.NewRequest(http.MethodDelete, session, nil)
	check(err)
	response, err := http.DefaultClient.Do(request)
	check(err)
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		all.States = append(all.States, response.Status+" at the end")
	}
}

// relay copies packets, and counts the pictures that end with them.
func relay(from *webrtc.TrackRemote, to *webrtc.TrackLocalStaticRTP, all *seen) {
	for {
		packet, _, err := from.ReadRTP()
		if err != nil {
			return
		}
		if packet.Marker {
			now := time.Now()
			all.mutex.Lock()
			all.Frames++
			if gap := now.Sub(all.last).Seconds(); all.Frames > 1 && gap > all.LongestGapSeconds {
				all.LongestGapSeconds = gap
			}
			all.last = now
			all.mutex.Unlock()
		}
		packet.Extension = false
		packet.Extensions = nil
		_ = to.WriteRTP(packet)
	}
}

func main() {
	whep, whip, codec, sound := os.Args[1], os.Args[2], os.Args[4], os.Args[5]
	seconds, err := strconv.ParseFloat(os.Args[3], 64)
	check(err)
	all := &seen{States: []string{}}
	watching, sending := peer(codec), peer(codec)
	track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: "video/" + codec, ClockRate: 90000}, "video", "pion")
	check(err)
	var source uint32
	watching.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		all.mutex.Lock()
		source = uint32(remote.SSRC())
		all.mutex.Unlock()
		relay(remote, track, all)
	})
	sections(watching, sound, webrtc.RTPTransceiverDirectionRecvonly, func() {
		_, err := watching.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo,
			webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
		check(err)
	})
	sections(sending, sound, webrtc.RTPTransceiverDirectionSendonly, func() {
		transceiver, err := sending.AddTransceiverFromTrack(track,
			webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		check(err)
		go func() {
			for {
				packets, _, err := transceiver.Sender().ReadRTCP()
				if err != nil {
					return
				}
				for _, packet := range packets {
					if _, lost := packet.(*rtcp.PictureLossIndication); lost {
						all.mutex.Lock()
						wanted := source
						all.mutex.Unlock()
						_ = watching.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: wanted}})
					}
				}
			}
		}()
	})
	sent := negotiate(sending, whip, all, "sending")
	watched := negotiate(watching, whep, all, "watching")
	for begun := false; !begun; time.Sleep(20 * time.Millisecond) {
		all.mutex.Lock()
		begun = all.Frames > 0
		all.mutex.Unlock()
	}
	time.Sleep(time.Duration(seconds * float64(time.Second)))
	all.mutex.Lock()
	defer all.mutex.Unlock()
	end(sent, all)
	end(watched, all)
	line, err := json.Marshal(all)
	check(err)
	fmt.Println(string(line))
	os.Exit(0)
}
