package io.gradstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;

/**
 * Flink's RPC system, loaded once for all MiniClusters of a process of tests. Flink itself unpacks and loads it anew for each, which
 * takes longer than most jobs of a test. It holds nothing of a cluster, not even a place in its folders: each makes its own services with it.
 * Flink finds it as a service.
 */
public final class SharedRpcSystem implements RpcSystemLoader {
    private static RpcSystem shared;

    /** For Flink's {@link ServiceLoader}. */
    public SharedRpcSystem() {}

    /** Before Flink's own loaders. */
    @Override
    public int getLoadPriority() {
        return Integer.MIN_VALUE;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration configuration) {
        synchronized (SharedRpcSystem.class) {
            if (shared == null) {
                Loaded loaded = load(configuration);
                Runtime.getRuntime().addShutdownHook(new Thread(loaded::close, "rpc-system-close"));
                shared = new Unclosed(loaded.system());
            }
            return shared;
        }
    }

    /** Unpacked into a folder of its own: a cluster's temporary folder, where Flink would do so, may be gone before this process ends. */
    static Loaded load(Configuration configuration) {
        try {
            Path folder = Files.createTempDirectory("gradstream-rpc-");
            Configuration own = new Configuration(configuration);
            own.set(CoreOptions.TMP_DIRS, folder.toString());
            return new Loaded(flinks().loadRpcSystem(own), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for Flink's RPC system can be made", e);
        }
    }

    private static RpcSystemLoader flinks() {
        return ServiceLoader.load(RpcSystemLoader.class).stream()
                .filter(provider -> provider.type() != SharedRpcSystem.class)
                .map(Provider::get)
                .min((one, other) -> Integer.compare(one.getLoadPriority(), other.getLoadPriority()))
                .orElseThrow(() -> new IllegalStateException("flink-rpc-akka-loader is not on the class path"));
    }

    /**
     * What {@link #load} has made.
     *
     * @param folder where it lies
     */
    record Loaded(RpcSystem system, Path folder) implements AutoCloseable {

        /** Its class loader, its file and the folder. */
        @Override
        public void close() {
            system.close();
            try {
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A cluster that ends would close it. */
    private record Unclosed(RpcSystem system) implements RpcSystem {
        @Override
        public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
            return system.localServiceBuilder(configuration);
        }

        @Override
        public RpcServiceBuilder remoteServiceBuilder(Configuration configuration, String address, String ports) {
            return system.remoteServiceBuilder(configuration, address, ports);
        }

        @Override
        public String getRpcUrl(
                String host, int port, String endpoint, AddressResolution resolution, Configuration configuration)
                throws UnknownHostException {
            return system.getRpcUrl(host, port, endpoint, resolution, configuration);
        }

        @Override
        public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) throws Exception {
            return system.getInetSocketAddressFromRpcUrl(url);
        }

        @Override
        public long getMaximumMessageSizeInBytes(Configuration configuration) {
            return system.getMaximumMessageSizeInBytes(configuration);
        }
    }
}
