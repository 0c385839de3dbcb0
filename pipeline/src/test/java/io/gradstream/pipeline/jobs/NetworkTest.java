package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkTest {
    private static final int ANSWER = 7;
    private static final int PATIENCE_MILLIS = 20_000;

    @Test
    void leadsToABrokerThatComesAgain() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, loopback)) {
            port = gone.getLocalPort();
        }
        try (Network network = new Network()) {
            network.leadTo("127.0.0.1:" + port);
            try (Socket refused = connect(network)) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            try (ServerSocket broker = new ServerSocket(port, 1, loopback);
                    Socket client = connect(network);
                    Socket taken = accept(broker)) {
                taken.getOutputStream().write(ANSWER);
                assertThat(client.getInputStream().read()).isEqualTo(ANSWER);
            }
            assertThat(network.connections()).isEqualTo(1);
        }
    }

    private static Socket connect(Network network) throws IOException {
        String address = network.address();
        Socket socket = new Socket("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static Socket accept(ServerSocket broker) throws IOException {
        broker.setSoTimeout(PATIENCE_MILLIS);
        return broker.accept();
    }
}
