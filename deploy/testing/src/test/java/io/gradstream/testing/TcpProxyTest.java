package io.gradstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
    private static final int QUESTION = 3;
    private static final int ANSWER = 7;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SILENCE_MILLIS = 50;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void leadsToAServerThatComesAgain() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, LOOPBACK)) {
            port = gone.getLocalPort();
        }
        try (TcpProxy proxy = new TcpProxy()) {
            proxy.leadTo(port);
            try (Socket refused = connect(proxy)) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            try (ServerSocket server = new ServerSocket(port, 1, LOOPBACK);
                    Socket client = connect(proxy);
                    Socket taken = accept(server)) {
                taken.getOutputStream().write(ANSWER);
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
            }
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSentWhileItIsCutArrivesWhenItIsHealed() throws IOException {
        try (TcpProxy proxy = new TcpProxy();
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            proxy.leadTo(server.getLocalPort());
            proxy.cut();
            try (Socket client = connect(proxy);
                    Socket taken = accept(server)) {
                client.getOutputStream().write(QUESTION);
                taken.getOutputStream().write(ANSWER);
                hearsNothing(client);
                hearsNothing(taken);
                proxy.heal();
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
                assertThat(taken.getInputStream().read()).isEqualTo(QUESTION);
            }
        }
    }

    @Test
    void aResetEndsWhatIsConnectedAndNothingElse() throws IOException {
        try (TcpProxy proxy = new TcpProxy();
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            proxy.leadTo(server.getLocalPort());
            try (Socket client = connect(proxy);
                    Socket taken = accept(server)) {
                client.getOutputStream().write(QUESTION);
                assertThat(taken.getInputStream().read()).isEqualTo(QUESTION);
                proxy.reset();
                assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
                assertThatThrownBy(() -> taken.getInputStream().read()).hasMessageContaining("reset");
            }
            try (Socket client = connect(proxy);
                    Socket taken = accept(server)) {
                taken.getOutputStream().write(ANSWER);
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
            }
        }
    }

    @Test
    void anAnswerTakesLongerUntilItIsHealed() throws IOException {
        Duration longer = Duration.ofMillis(300);
        try (TcpProxy proxy = new TcpProxy();
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            proxy.leadTo(server.getLocalPort());
            try (Socket client = connect(proxy);
                    Socket taken = accept(server)) {
                proxy.delay(longer);
                long begun = System.nanoTime();
                taken.getOutputStream().write(ANSWER);
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(longer);
                proxy.delay(Duration.ofHours(1));
                proxy.heal();
                taken.getOutputStream().write(ANSWER);
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
            }
        }
    }

    private static void hearsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static Socket connect(TcpProxy proxy) throws IOException {
        Socket socket = new Socket(LOOPBACK, proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static Socket accept(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        return server.accept();
    }
}
