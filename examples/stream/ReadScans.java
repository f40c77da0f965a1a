import dev.moonflow.jobs.stream.Moonflow;
import dev.moonflow.jobs.stream.Perceptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job of one's own: files of a folder, read by the model. */
public final class ReadScans {
  private ReadScans() {}

  /** What the stream is made of; any type that Flink knows will do. */
  public record Scan(String name, byte[] image) {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: ReadScans MODEL-FOLDER FILE...");
      System.exit(2);
    }
    List<Scan> files = new ArrayList<>();
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      files.add(new Scan(Path.of(file).getFileName().toString(), Files.readAllBytes(Path.of(file))));
    }
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    flink.enableCheckpointing(10_000);
    DataStream<Scan> scans = flink.fromData(files);

    Perceptions<Scan> read =
        Moonflow.perceive(scans, Scan::image)
            .model(arguments[0])
            .key(Scan::name)
            .maxNewTokens(64)
            .build();

    read.answers().map(a -> a.f0.name() + ": " + a.f1.text()).print();
    read.failures().map(f -> f.f0.name() + " failed: " + f.f1.reason()).print();
    flink.execute("read scans");
  }
}
