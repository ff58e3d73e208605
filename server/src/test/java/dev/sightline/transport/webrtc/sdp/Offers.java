package dev.sightline.transport.webrtc.sdp;

/** Descriptions as browsers and tools write them, shortened where they repeat themselves. */
public final class Offers {
    /** A digest of SHA-256. */
    public static final String DIGEST =
            "7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:" + "DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

    /** Chromium, a page that watches with an audio and a video transceiver. */
    public static final String CHROMIUM_WATCHES = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=extmap-allow-mixed
            a=msid-semantic: WMS
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:4ZcD
            a=ice-pwd:2/1muCWoOi3uLifh0NuRHlLZ
            a=ice-options:trickle
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=rtpmap:9 G722/8000
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 109 114 117 118 45 46 98 99
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:4ZcD
            a=ice-pwd:2/1muCWoOi3uLifh0NuRHlLZ
            a=ice-options:trickle
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            a=mid:1
            a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=extmap:13 urn:3gpp:video-orientation
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 goog-remb
            a=rtcp-fb:96 transport-cc
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=rtpmap:103 H264/90000
            a=rtcp-fb:103 goog-remb
            a=rtcp-fb:103 nack
            a=rtcp-fb:103 nack pli
            a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
            a=rtpmap:104 rtx/90000
            a=fmtp:104 apt=103
            a=rtpmap:107 H264/90000
            a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f
            a=rtpmap:108 rtx/90000
            a=fmtp:108 apt=107
            a=rtpmap:109 H264/90000
            a=rtcp-fb:109 goog-remb
            a=rtcp-fb:109 transport-cc
            a=rtcp-fb:109 ccm fir
            a=rtcp-fb:109 nack
            a=rtcp-fb:109 nack pli
            a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:114 rtx/90000
            a=fmtp:114 apt=109
            a=rtpmap:117 H264/90000
            a=rtcp-fb:117 nack
            a=fmtp:117 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f
            a=rtpmap:118 rtx/90000
            a=fmtp:118 apt=117
            a=rtpmap:45 AV1/90000
            a=fmtp:45 level-idx=5;profile=0;tier=0
            a=rtpmap:46 rtx/90000
            a=fmtp:46 apt=45
            a=rtpmap:98 VP9/90000
            a=fmtp:98 profile-id=0
            a=rtpmap:99 rtx/90000
            a=fmtp:99 apt=98
            """.formatted(DIGEST);

    /** Chromium, a page that sends its camera with addTrack, and so offers to take video too. */
    public static final String CHROMIUM_SENDS = """
            v=0
            o=- 7595655801978680453 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS 8d5b
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 109 114
            c=IN IP4 0.0.0.0
            a=ice-ufrag:l5KU
            a=ice-pwd:+sxmm3PoJUERpeHYL0HW4/T9
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=mid:0
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=sendrecv
            a=msid:8d5b 5c2e
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 goog-remb
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=rtpmap:109 H264/90000
            a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:114 rtx/90000
            a=fmtp:114 apt=109
            a=ssrc-group:FID 2231627014 632943048
            a=ssrc:2231627014 cname:tUFVAdNCDTZk7tJM
            a=ssrc:2231627014 msid:8d5b 5c2e
            a=ssrc:632943048 cname:tUFVAdNCDTZk7tJM
            a=ssrc:632943048 msid:8d5b 5c2e
            """.formatted(DIGEST);

    /** Firefox: the certificate and the direction stand above the sections, feedback counts for whole codecs. */
    public static final String FIREFOX_WATCHES = """
            v=0
            o=mozilla...THIS_IS_SDPARTA-99.0 3427083519173453043 0 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=sendrecv
            a=fingerprint:sha-256 %s
            a=group:BUNDLE 0
            a=ice-options:trickle
            a=msid-semantic:WMS *
            m=video 9 UDP/TLS/RTP/SAVPF 120 124 121 125
            c=IN IP4 0.0.0.0
            a=recvonly
            a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=extmap:5 urn:ietf:params:rtp-hdrext:toffset
            a=extmap:6/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
            a=fmtp:120 max-fs=12288;max-fr=60
            a=fmtp:124 apt=120
            a=fmtp:121 max-fs=12288;max-fr=60
            a=fmtp:125 apt=121
            a=ice-pwd:5a4dee3ed9a2f2ba7d0e8d1b9dfd3b6e
            a=ice-ufrag:7b8d3ac1
            a=mid:0
            a=rtcp-fb:120 nack
            a=rtcp-fb:120 nack pli
            a=rtcp-fb:120 ccm fir
            a=rtcp-fb:120 goog-remb
            a=rtcp-fb:120 transport-cc
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:120 VP8/90000
            a=rtpmap:124 rtx/90000
            a=rtpmap:121 VP9/90000
            a=rtpmap:125 rtx/90000
            a=setup:actpass
            a=ssrc:2655508255 cname:{735484ea-4f6c-f74a-bd66-7425f8476c2e}
            """.formatted(DIGEST);

    /** Safari: H.264 comes first, high profile before baseline. */
    public static final String SAFARI_WATCHES = """
            v=0
            o=- 2890844526 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=msid-semantic: WMS
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:rRzs
            a=ice-pwd:hzPWPvDtQVhOoYN0pJCXkJzM
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 H264/90000
            a=rtcp-fb:96 goog-remb
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=rtpmap:98 H264/90000
            a=rtcp-fb:98 nack
            a=rtcp-fb:98 nack pli
            a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:99 rtx/90000
            a=fmtp:99 apt=98
            a=rtpmap:100 VP8/90000
            a=rtpmap:101 rtx/90000
            a=fmtp:101 apt=100
            """.formatted(DIGEST);

    /** aiortc: addresses in place of 0.0.0.0, three digests, candidates at once. */
    public static final String AIORTC_WATCHES = """
            v=0
            o=- 3929387204 3929387204 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=msid-semantic:WMS *
            m=video 39204 UDP/TLS/RTP/SAVPF 97 98 99 100 101 102
            c=IN IP4 127.0.0.1
            a=recvonly
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=mid:0
            a=msid:e9d0c1a0 7c5d
            a=rtcp:9 IN IP4 0.0.0.0
            a=rtcp-mux
            a=ssrc-group:FID 1836450133 3290874921
            a=ssrc:1836450133 cname:1ac54e88
            a=ssrc:3290874921 cname:1ac54e88
            a=rtpmap:97 VP8/90000
            a=rtcp-fb:97 nack
            a=rtcp-fb:97 nack pli
            a=rtcp-fb:97 goog-remb
            a=rtpmap:98 rtx/90000
            a=fmtp:98 apt=97
            a=rtpmap:99 H264/90000
            a=rtcp-fb:99 nack
            a=fmtp:99 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
            a=rtpmap:100 rtx/90000
            a=fmtp:100 apt=99
            a=rtpmap:101 H264/90000
            a=rtcp-fb:101 nack
            a=fmtp:101 packetization-mode=1;level-asymmetry-allowed=1;profile-level-id=42e01f
            a=rtpmap:102 rtx/90000
            a=fmtp:102 apt=101
            a=candidate:b1f6 1 udp 2130706431 127.0.0.1 39204 typ host
            a=end-of-candidates
            a=ice-ufrag:yXmY
            a=ice-pwd:wWnIIeMDRzrW0Z2tVbkcUA
            a=fingerprint:sha-512 %2$s
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            """.formatted(DIGEST, DIGEST + ":" + DIGEST);

    /** GStreamer's webrtcbin, by whipsink: feedback it cannot give is left out, sources come with attributes. */
    public static final String GSTREAMER_SENDS = """
            v=0
            o=- 6190342110402393374 0 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=ice-options:trickle
            a=group:BUNDLE video0
            m=video 9 UDP/TLS/RTP/SAVPF 96
            c=IN IP4 0.0.0.0
            a=setup:actpass
            a=ice-ufrag:vHMDS8o0NnJ1DqBOtbWEgGlOJcTqfO1S
            a=ice-pwd:H1xBrTvyQIvWBmhLVeTuFzpbtjPUJqOs
            a=rtcp-mux
            a=rtcp-rsize
            a=sendonly
            a=rtpmap:96 H264/90000
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=framerate:30
            a=fmtp:96 packetization-mode=1;profile-level-id=42c01f;sprop-parameter-sets=Z0LAH9oBQBbsBEAAAAMAQAAADyPGDKg=,aM48gA==
            a=ssrc:2877154226 msid:user3395700474@host-e62bc95a webrtctransceiver0
            a=ssrc:2877154226 cname:user3395700474@host-e62bc95a
            a=mid:video0
            a=fingerprint:sha-256 %s
            """.formatted(DIGEST);

    /** OBS by WHIP, over libdatachannel: sound first, one codec each. */
    public static final String OBS_SENDS = """
            v=0
            o=rtc 3767197920 0 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=group:LS 0 1
            a=msid-semantic:WMS *
            a=ice-options:ice2,trickle
            a=fingerprint:sha-256 %s
            m=audio 50123 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 192.168.1.20
            a=mid:0
            a=sendonly
            a=ssrc:3870951501 cname:audio
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1
            a=setup:actpass
            a=ice-ufrag:fEw/
            a=ice-pwd:jBua8YGWQKc/Vn6Y9EZ9+0
            m=video 50123 UDP/TLS/RTP/SAVPF 96
            c=IN IP4 192.168.1.20
            a=mid:1
            a=sendonly
            a=ssrc:3870951502 cname:video
            a=ssrc:3870951502 msid:sKjsRl1vGdIeRrVF video
            a=rtcp-mux
            a=rtpmap:96 H264/90000
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtcp-fb:96 goog-remb
            a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1
            a=setup:actpass
            a=ice-ufrag:fEw/
            a=ice-pwd:jBua8YGWQKc/Vn6Y9EZ9+0
            a=candidate:1 1 UDP 2122317823 192.168.1.20 50123 typ host
            """.formatted(DIGEST);

    /** FFmpeg's whip muxer: it wants to begin the handshake itself by default. */
    public static final String FFMPEG_SENDS = """
            v=0
            o=FFmpeg 4489045141692799359 2 IN IP4 127.0.0.1
            s=FFmpegPublishSession
            t=0 0
            a=group:BUNDLE 0 1
            a=extmap-allow-mixed
            a=msid-semantic: WMS
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 0.0.0.0
            a=ice-ufrag:a174b6d0
            a=ice-pwd:b174b6d0c274b6d0d374b6d0e474b6d0
            a=fingerprint:sha-256 %1$s
            a=setup:active
            a=mid:0
            a=sendonly
            a=msid:FFmpeg audio
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=ssrc:1483202 cname:FFmpeg
            m=video 9 UDP/TLS/RTP/SAVPF 106 105
            c=IN IP4 0.0.0.0
            a=ice-ufrag:a174b6d0
            a=ice-pwd:b174b6d0c274b6d0d374b6d0e474b6d0
            a=fingerprint:sha-256 %1$s
            a=setup:active
            a=mid:1
            a=sendonly
            a=msid:FFmpeg video
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:106 H264/90000
            a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtcp-fb:106 nack
            a=rtpmap:105 rtx/90000
            a=fmtp:105 apt=106
            a=ssrc-group:FID 1483203 1483204
            a=ssrc:1483203 cname:FFmpeg
            a=ssrc:1483203 msid:FFmpeg video
            a=ssrc:1483204 cname:FFmpeg
            """.formatted(DIGEST);

    /** What a page answers to our own offer, which it calls {@code mid}. */
    public static String answer(String mid) {
        return """
                v=0
                o=- 5236012 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE %1$s
                m=video 9 UDP/TLS/RTP/SAVPF 96 97
                c=IN IP4 0.0.0.0
                a=ice-ufrag:QQnp
                a=ice-pwd:aXJ0uUeHGK3rTTbuJkuqjrbM
                a=ice-options:trickle
                a=fingerprint:sha-256 %2$s
                a=setup:active
                a=mid:%1$s
                a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
                a=recvonly
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                """.formatted(mid, DIGEST);
    }

    private Offers() {}

    /** Only the video section of a description, with what stands above all sections. */
    public static String without(String description, String kind) {
        return description.replaceAll("(?s)m=" + kind + ".*?(?=m=|\\z)", "");
    }
}
