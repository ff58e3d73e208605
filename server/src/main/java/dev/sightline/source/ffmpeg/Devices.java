package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfo;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfoList;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's library of devices, loaded when the first camera is opened, since it needs more system libraries than the rest. */
public final class Devices {
    private Devices() {}

    /** The names of a device's input format, for its white list. */
    public static List<String> allowed(String format) {
        return format.equals("v4l2") ? List.of("v4l2", "video4linux2") : List.of(format);
    }

    /** The cameras that a device format finds, in its order. */
    public static List<String> cameras(String format) throws SourceException {
        load();
        AVInputFormat devices = avformat.av_find_input_format(format);
        AVDeviceInfoList list = new AVDeviceInfoList(null);
        if (avdevice.avdevice_list_input_sources(devices, (String) null, (AVDictionary) null, list) < 0) {
            return List.of();
        }
        List<String> cameras = new ArrayList<>();
        for (int i = 0; i < list.nb_devices(); i++) {
            AVDeviceInfo device = list.devices(i);
            for (int kind = 0; kind < device.nb_media_types(); kind++) {
                if (device.media_types().get(kind) == avutil.AVMEDIA_TYPE_VIDEO) {
                    cameras.add(device.device_name().getString());
                }
            }
        }
        avdevice.avdevice_free_list_devices(list);
        return cameras;
    }

    /** Registers the device formats. */
    static void load() throws SourceException {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError failure) {
            throw new SourceException(
                    "cameras need system libraries that are not installed; on Debian:"
                            + " sudo apt install libxcb1 libxcb-shm0 libasound2 libpulse0",
                    failure);
        }
    }
}
