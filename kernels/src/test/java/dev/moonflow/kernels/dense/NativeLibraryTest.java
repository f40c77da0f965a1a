package dev.moonflow.kernels.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** oneDNN in class loaders that come and go, as those of Flink's jobs do. */
class NativeLibraryTest {
  private static final String LIBRARY = "/org/bytedeco/dnnl/linux-x86_64/libdnnl.so.3";

  @Test
  void everyClassLoaderGetsTheNativeProvider() throws Exception {
    assumeTrue(
        DenseProviders.onednn().provider() != null,
        () -> "oneDNN is not used here: " + DenseProviders.onednn().problem());
    List<URL> urls = new ArrayList<>();
    for (Class<?> type : List.of(DenseProviders.class, Native.class, LoggerFactory.class)) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    URL resource = DenseProviders.class.getResource(LIBRARY);
    urls.add(((JarURLConnection) resource.openConnection()).getJarFileURL());
    for (int job = 0; job < 3; job++) {
      try (URLClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        Class<?> providers = loader.loadClass(DenseProviders.class.getName());
        assertThat(providers).isNotSameAs(DenseProviders.class);
        Object found = providers.getMethod("onednn").invoke(null);
        assertThat(found.getClass().getMethod("problem").invoke(found)).isNull();
      }
    }
  }
}
