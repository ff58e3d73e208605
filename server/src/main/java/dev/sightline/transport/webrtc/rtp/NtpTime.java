package dev.sightline.transport.webrtc.rtp;

/** Time as in NTP (RFC 5905): seconds since 1900 in the upper 32 bits, their fraction in the lower. */
final class NtpTime {
    private static final long FROM_1900_TO_1970_SECONDS = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** Converts nanoseconds since the Unix epoch. */
    static long ofNanos(long nanos) {
        return (Math.floorDiv(nanos, NANOS_PER_SECOND) + FROM_1900_TO_1970_SECONDS) << 32 | fraction(nanos);
    }

    /** The middle 32 bits, which identify an instant in reports: 16 bits of seconds, 16 of their fraction. */
    static long middle(long ntp) {
        return ntp >>> 16 & 0xFFFF_FFFFL;
    }

    /** Converts a duration from units of 1/65,536 s to nanoseconds. */
    static long nanosOfMiddle(long units) {
        return units * NANOS_PER_SECOND >> 16;
    }

    /** Converts a duration to units of 1/65,536 s. */
    static long middleOfNanos(long nanos) {
        return (nanos << 16) / NANOS_PER_SECOND;
    }

    /** The lowest 6 bits of the second and 18 of its fraction: abs-send-time's 24 bits. */
    static int absoluteSendTime(long nanos) {
        return (int) (ofNanos(nanos) >>> 14) & 0xFF_FFFF;
    }

    private static long fraction(long nanos) {
        return (Math.floorMod(nanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
    }
}
