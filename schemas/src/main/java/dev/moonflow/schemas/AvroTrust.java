package dev.moonflow.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro's permission to instantiate our generated records.
 *
 * <p>Since 1.12.2 Avro refuses every class that is not on a trust list of the JVM. {@link
 * #install()} adds this package to whatever is trusted already, so that no JVM of a cluster needs
 * {@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES}. Nothing else becomes trusted: a schema from
 * outside still cannot name a foreign class.
 */
public final class AvroTrust {
  private static final String PACKAGE = AvroTrust.class.getPackageName();

  private AvroTrust() {}

  /** Trusts the generated records in this JVM; calling it again changes nothing. */
  public static synchronized void install() {
    ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    if (!before.isTrusted(ImageEvent.class)) {
      ClassSecurityValidator.setGlobal(
          ClassSecurityValidator.composite(before, AvroTrust::isOurRecord));
    }
  }

  private static boolean isOurRecord(Class<?> type) {
    return PACKAGE.equals(type.getPackageName());
  }
}
