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

/** TLS that accepts any certificate: cameras use self-signed ones. */
public final class AnyCertificate extends X509ExtendedTrustManager {
    private static final SSLSocketFactory FACTORY = factory();

    private AnyCertificate() {}

    /** The TLS connection, after the handshake. */
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
        // There are no clients.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // Any certificate is accepted.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // There are no clients.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // Any certificate is accepted.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // There are no clients.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // Any certificate is accepted.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
