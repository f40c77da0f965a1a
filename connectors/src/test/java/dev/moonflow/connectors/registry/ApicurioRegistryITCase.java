package dev.moonflow.connectors.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApicurioRegistryITCase extends RegistryContract {
  private static ApicurioProcess registry;

  @BeforeAll
  static void start() throws Exception {
    registry = ApicurioProcess.start();
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Override
  String url() {
    return registry.url();
  }
}
