package dev.moonflow.jobs.sql;

import static org.apache.flink.table.api.Expressions.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * A program without Moonflow on its class path, which adds its jars to two sessions and asks a
 * model in each. It knows Flink alone.
 */
final class UserJarQuery {
  private UserJarQuery() {}

  /** Arguments: checkpoint, picture, tokens, jars. */
  public static void main(String[] arguments) throws Exception {
    try {
      Class.forName("dev.moonflow.model.KimiVl");
      throw new AssertionError("Moonflow is on the class path of the cluster");
    } catch (ClassNotFoundException expected) {
      // Only the jars that are added have it.
    }
    List<String> given = List.of(arguments);
    for (int session = 1; session <= 2; session++) {
      String text = ask(given, given.subList(3, given.size()));
      System.out.println("session " + session + ": " + text);
    }
  }

  private static String ask(List<String> given, List<String> jars) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.port", "0");
    configuration.setString("restart-strategy.type", "none");
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.createLocalEnvironment(1, configuration));
    jars.forEach(jar -> tables.executeSql("ADD JAR '" + jar + "'"));
    tables.createTemporaryView(
        "pictures",
        tables.fromValues(
            DataTypes.ROW(DataTypes.FIELD("picture", DataTypes.BYTES())),
            row(Files.readAllBytes(Path.of(given.get(1))))));
    tables.executeSql(
        "CREATE MODEL reader INPUT (image BYTES) OUTPUT (text STRING) WITH ('provider' = 'moonflow',"
            + " 'path' = '%s', 'max-new-tokens' = '%s')".formatted(given.get(0), given.get(2)));
    String sql = "SELECT text FROM ML_PREDICT(TABLE pictures, MODEL reader, DESCRIPTOR(picture))";
    try (CloseableIterator<Row> rows = tables.executeSql(sql).collect()) {
      return rows.next().getFieldAs("text");
    }
  }
}
