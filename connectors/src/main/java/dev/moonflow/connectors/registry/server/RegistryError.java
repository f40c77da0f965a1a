package dev.moonflow.connectors.registry.server;

/** A request that the registry answers with an error, in Confluent's numbering. */
final class RegistryError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private RegistryError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** HTTP status. */
  int status() {
    return status;
  }

  /** Confluent's error code: the status itself, or the status and two digits. */
  int code() {
    return code;
  }

  static RegistryError subjectNotFound(String subject) {
    return new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError versionNotFound(String version) {
    return new RegistryError(404, 40402, "Version " + version + " not found.");
  }

  static RegistryError schemaNotFound(String what) {
    return new RegistryError(404, 40403, "Schema " + what + " not found");
  }

  static RegistryError levelNotConfigured(String subject) {
    return new RegistryError(
        404, 40408, "Subject '" + subject + "' does not have subject-level compatibility");
  }

  static RegistryError incompatible(String subject, String why) {
    return new RegistryError(
        409, 409, "Schema being registered is incompatible with subject " + subject + ": " + why);
  }

  static RegistryError invalidSchema(String why) {
    return new RegistryError(422, 42201, "Invalid schema: " + why);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        422, 42202, "'" + version + "' is not a version: from 1 on, or latest");
  }

  static RegistryError invalidLevel(String level) {
    return new RegistryError(422, 42203, "'" + level + "' is not a compatibility level");
  }

  static RegistryError badRequest(String why) {
    return new RegistryError(400, 400, why);
  }

  static RegistryError tooLarge(long bytesMax) {
    return new RegistryError(413, 413, "A request has at most " + bytesMax + " bytes");
  }

  static RegistryError noSuchPath(String path) {
    return new RegistryError(404, 404, "The embedded registry has no " + path);
  }

  static RegistryError methodNotAllowed(String method, String path) {
    return new RegistryError(405, 405, "The embedded registry has no " + method + " of " + path);
  }
}
