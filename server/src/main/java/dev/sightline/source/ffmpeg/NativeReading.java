package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.ByteOpener.OpenBytes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads for a format context all that FFmpeg would otherwise read from the network itself, through a {@link ByteOpener}.
 * Between two frames, it limits bytes and openings to what any camera needs.
 *
 * <p>FFmpeg calls back in the thread that called it. One callback of each kind serves all, because JavaCPP makes at most ten;
 * FFmpeg passes it a number in place of a pointer, which identifies the stream. Used and closed by one thread, after its
 * context.
 */
final class NativeReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NativeReading.class);
    private static final int BUFFER_BYTES = 32 << 10;
    /** Between two frames; the opening may read an index, and the first segments of some playlists. */
    private static final long MOST_BYTES = 64 << 20;

    private static final int MOST_OPENED = 200;
    /** From FFmpeg's avio.h and errno.h. */
    private static final int SEEK_SIZE = 0x10000;

    private static final int FAILED = -5;
    private static final String ENCRYPTED = "crypto+";

    private static final Map<Long, Stream> STREAMS = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_ID = new AtomicLong();

    // Held here for ever, since FFmpeg's references do not keep them alive.
    private static final Read_packet_Pointer_BytePointer_int READ = new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer id, BytePointer into, int most) {
            return stream(id).map(stream -> stream.read(into, most)).orElse(FAILED);
        }
    };
    private static final Seek_Pointer_long_int SEEK = new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer id, long offset, int whence) {
            return stream(id).map(stream -> stream.seek(offset, whence)).orElse((long) FAILED);
        }
    };
    private static final AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer OPEN =
            new AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer() {
                @Override
                @SuppressWarnings("rawtypes")
                public int call(
                        AVFormatContext context,
                        PointerPointer place,
                        BytePointer url,
                        int flags,
                        PointerPointer options) {
                    return stream(context.opaque())
                            .map(root -> root.reading().open(place, url.getString(), options))
                            .orElse(FAILED);
                }
            };
    private static final AVFormatContext.Io_close2_AVFormatContext_AVIOContext CLOSE =
            new AVFormatContext.Io_close2_AVFormatContext_AVIOContext() {
                @Override
                public int call(AVFormatContext context, AVIOContext bytes) {
                    stream(bytes.opaque()).ifPresent(Stream::close);
                    return 0;
                }
            };

    private final String subject;
    private final ByteOpener opener;
    private final Deadline deadline;
    private final List<Stream> streams = new ArrayList<>();
    private Optional<SourceException> failure = Optional.empty();
    private long read;
    private int opened;
    private boolean shown;

    private NativeReading(String subject, ByteOpener opener, Deadline deadline) {
        this.subject = subject;
        this.opener = opener;
        this.deadline = deadline;
    }

    /** Opens an input, and makes a context read from it that is not open yet. */
    static NativeReading attach(String subject, ByteOpener opener, AVFormatContext context, Deadline deadline)
            throws SourceException, InterruptedException {
        NativeReading reading = new NativeReading(subject, opener, deadline);
        Stream root = reading.add(opener.open(deadline.left()), Optional.empty());
        context.pb(root.context);
        context.opaque(new Id(root.id));
        context.io_open(OPEN);
        context.io_close2(CLOSE);
        return reading;
    }

    /** The final URL of the input. */
    String url() {
        return streams.get(0).bytes.url();
    }

    /** FFmpeg's name of the input's format, if known. */
    Optional<String> format() {
        return streams.get(0).bytes.format();
    }

    /** What went wrong since the last frame, in better words than FFmpeg's. */
    Optional<SourceException> failure() {
        return failure;
    }

    /** Whether any frame has come: then FFmpeg has recovered from earlier failures. */
    boolean shown() {
        return shown;
    }

    /** A frame has come: resets the limit on reading. */
    void renew() {
        read = 0;
        opened = 0;
        shown = true;
        failure = Optional.empty();
    }

    @Override
    public void close() {
        List.copyOf(streams).forEach(Stream::close);
    }

    private static Optional<Stream> stream(Pointer id) {
        return Optional.ofNullable(STREAMS.get(id.address()));
    }

    private Stream add(OpenBytes bytes, Optional<Cipher> cipher) {
        Stream stream = new Stream(bytes, cipher);
        streams.add(stream);
        return stream;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private int open(PointerPointer place, String url, PointerPointer options) {
        return answered(() -> {
                    count(1);
                    AVDictionary told = new AVDictionary(options == null ? null : options.get(0));
                    boolean encrypted = url.startsWith(ENCRYPTED);
                    Optional<Cipher> cipher = encrypted ? Optional.of(cipher(told)) : Optional.empty();
                    OpenBytes bytes = opener.open(
                            encrypted ? url.substring(ENCRYPTED.length()) : url,
                            option(told, "offset").map(Long::parseLong).orElse(0L),
                            option(told, "end_offset").map(Long::parseLong),
                            deadline.left());
                    place.put(0, add(bytes, cipher).context);
                    return 0L;
                })
                .intValue();
    }

    private void count(int more) throws SourceException {
        opened += more;
        if (opened > MOST_OPENED) {
            throw new SourceException(
                    subject + ": it leads from one file to the next, " + MOST_OPENED + " times without a picture");
        }
    }

    /** AES-128 of HLS (RFC 8216, 4.3.2.4); FFmpeg passes key and initial vector in hexadecimal digits. */
    private Cipher cipher(AVDictionary options) throws SourceException {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            byte[] key = HexFormat.of().parseHex(option(options, "key").orElse(""));
            byte[] start = HexFormat.of().parseHex(option(options, "iv").orElse(""));
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
            return cipher;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SourceException(subject + ": the key of its segments is invalid", e);
        }
    }

    private static Optional<String> option(AVDictionary options, String name) {
        AVDictionaryEntry entry = avutil.av_dict_get(options, name, null, 0);
        return entry == null || entry.isNull()
                ? Optional.empty()
                : Optional.of(entry.value().getString());
    }

    /**
     * The result of a call, or FFmpeg's number of its failure, with the reason stored for people: no exception may pass through
     * C.
     */
    private Long answered(Call call) {
        try {
            return call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return (long) avutil.AVERROR_EXIT();
        } catch (SourceException e) {
            // The first failure is the cause of the following ones.
            failure = deadline.passed() ? failure : failure.or(() -> Optional.of(e));
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            LOG.warn("{}: reading for FFmpeg failed unexpectedly", subject, e);
        }
        return (long) FAILED;
    }

    /** A call from FFmpeg. */
    @FunctionalInterface
    private interface Call {
        Long run() throws SourceException, InterruptedException;
    }

    /** Bytes that FFmpeg reads, identified by a number. */
    private final class Stream {
        private final long id = LAST_ID.incrementAndGet();
        private final OpenBytes bytes;
        private final Optional<Cipher> cipher;
        private final AVIOContext context;
        private long position;

        Stream(OpenBytes bytes, Optional<Cipher> cipher) {
            this.bytes = bytes;
            this.cipher = cipher;
            BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER_BYTES));
            context = avformat.avio_alloc_context(buffer, BUFFER_BYTES, 0, new Id(id), READ, null, SEEK);
            context.seekable(seekable() ? avformat.AVIO_SEEKABLE_NORMAL : 0);
            STREAMS.put(id, this);
        }

        NativeReading reading() {
            return NativeReading.this;
        }

        private boolean seekable() {
            return bytes.seekable() && cipher.isEmpty();
        }

        int read(BytePointer into, int most) {
            return answered(() -> {
                        byte[] some = new byte[Math.min(most, BUFFER_BYTES)];
                        int count = cipher.isPresent() ? decrypted(cipher.get(), some) : plain(some);
                        if (count < 0) {
                            return (long) avutil.AVERROR_EOF();
                        }
                        into.put(some, 0, count);
                        position += count;
                        return (long) count;
                    })
                    .intValue();
        }

        private int plain(byte[] into) throws SourceException, InterruptedException {
            if (read > MOST_BYTES) {
                throw new SourceException(subject + ": 64 MiB came without a whole picture in them");
            }
            int count = bytes.read(into, into.length, deadline.left());
            read += Math.max(0, count);
            return count;
        }

        /** Decrypts whole blocks; the last one's padding is left to the format, which finds its own end. */
        private int decrypted(Cipher blocks, byte[] into) throws SourceException, InterruptedException {
            byte[] some = new byte[Math.max(1, into.length - blocks.getBlockSize())];
            int count = 0;
            while (count == 0) {
                int came = plain(some);
                if (came < 0) {
                    return -1;
                }
                byte[] clear = blocks.update(some, 0, came);
                count = clear == null ? 0 : clear.length;
                System.arraycopy(clear == null ? some : clear, 0, into, 0, count);
            }
            return count;
        }

        long seek(long offset, int whence) {
            if ((whence & SEEK_SIZE) != 0) {
                return cipher.isEmpty() ? bytes.size().orElse((long) FAILED) : FAILED;
            }
            if (!seekable() || offset < 0) {
                return FAILED;
            }
            return answered(() -> {
                if (offset != position) {
                    count(1);
                    bytes.seek(offset, deadline.left());
                    position = offset;
                }
                return offset;
            });
        }

        void close() {
            STREAMS.remove(id);
            if (streams.remove(this)) {
                bytes.close();
                avutil.av_free(context.buffer());
                avformat.avio_context_free(context);
            }
        }
    }

    /** A number that travels through C as a pointer and is never dereferenced. */
    private static final class Id extends Pointer {
        Id(long id) {
            address = id;
        }
    }
}
