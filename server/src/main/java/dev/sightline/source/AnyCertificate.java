package dev.sightline.source;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS with whatever certificate the other side shows: cameras sign their own. */
public final class AnyCertificate extends X509ExtendedTrustManager {
    private static final SSLSocketFactory FACTORY = factory();

    private AnyCertificate() {}

    /** The connection by TLS, after the handshake. */
    public static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) FACTORY.createSocket(plain, host, port, true);
        secured.startHandshake();
        return secured;
    }

    private static SSLSocketFactory factory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has TLS.
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // Nobody is a client of ours.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // Any will do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // Nobody is a client of ours.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // Any will do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Nobody is a client of ours.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // Any will do.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
