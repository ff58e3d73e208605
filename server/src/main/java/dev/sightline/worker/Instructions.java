package dev.sightline.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * What a child is told on its standard input, which nobody else can read, unlike arguments and environment.
 *
 * @param folder its own, with {@link #socket(Path)} and {@link #notes(Path)}
 * @param token proves to the server that it is the child
 * @param body the name of its {@link WorkerBody}
 */
record Instructions(Path folder, String token, String body) {
    static Instructions read(InputStream input) throws IOException {
        DataInputStream in = new DataInputStream(input);
        return new Instructions(Path.of(in.readUTF()), in.readUTF(), in.readUTF());
    }

    void write(OutputStream output) throws IOException {
        DataOutputStream out = new DataOutputStream(output);
        out.writeUTF(folder.toString());
        out.writeUTF(token);
        out.writeUTF(body);
        out.flush();
    }

    static Path socket(Path folder) {
        return folder.resolve("socket");
    }

    static Path notes(Path folder) {
        return folder.resolve("notes");
    }

    static Path crash(Path folder) {
        return folder.resolve("crash.log");
    }

    @Override
    public String toString() {
        return "Instructions[" + folder + "]";
    }
}
