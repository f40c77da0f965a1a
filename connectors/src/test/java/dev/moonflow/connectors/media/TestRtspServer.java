package dev.moonflow.connectors.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A camera behind RTSP: plays an MPEG transport stream in RTP packets over the client's own
 * connection (RFC 2326, interleaved), hangs up at its end and plays it to the next client again.
 */
final class TestRtspServer implements AutoCloseable {
  private static final int TS_PACKET = 188;
  private static final int TS_PACKETS = 7;
  private static final int RTP_HEADER = 12;
  private static final int MPEG_TS = 33;

  private static final String DESCRIPTION =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=camera
      c=IN IP4 127.0.0.1
      t=0 0
      m=video 0 RTP/AVP 33
      a=control:track1
      """
          .replace("\n", "\r\n");

  private final byte[] stream;
  private final ServerSocket socket;
  private final List<String> requests = new ArrayList<>();

  TestRtspServer(byte[] stream) throws IOException {
    this.stream = stream;
    socket = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "rtsp");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "rtsp://127.0.0.1:" + socket.getLocalPort() + "/cam";
  }

  /** The methods that clients asked for. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String method = line.split(" ")[0];
      synchronized (this) {
        requests.add(method);
      }
      String sequence = "";
      for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
        sequence = header.startsWith("CSeq") ? header : sequence;
      }
      String more =
          switch (method) {
            case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
            case "DESCRIBE" ->
                "Content-Type: application/sdp\r\nContent-Length: "
                    + DESCRIPTION.length()
                    + "\r\n\r\n"
                    + DESCRIPTION;
            case "SETUP" -> "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
            default -> "Session: 1\r\n\r\n";
          };
      out.write(("RTSP/1.0 200 OK\r\n" + sequence + "\r\n" + more).getBytes(US_ASCII));
      out.flush();
      if (method.equals("PLAY")) {
        play(out);
        return;
      }
    }
  }

  /** Interleaved: a dollar, the channel, the length, and an RTP packet. */
  private void play(DataOutputStream out) throws IOException {
    int sequence = 0;
    for (byte[] payload : datagrams(stream)) {
      out.writeByte('$');
      out.writeByte(0);
      out.writeShort(RTP_HEADER + payload.length);
      out.writeByte(0x80); // version 2
      out.writeByte(MPEG_TS);
      out.writeShort(sequence);
      out.writeInt(sequence * 900);
      out.writeInt(1);
      out.write(payload);
      sequence++;
    }
    out.flush();
  }

  /** The transport stream as it travels in packets: seven of its own in each. */
  static List<byte[]> datagrams(byte[] stream) {
    List<byte[]> all = new ArrayList<>();
    for (int from = 0; from < stream.length; from += TS_PACKET * TS_PACKETS) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.write(stream, from, Math.min(TS_PACKET * TS_PACKETS, stream.length - from));
      all.add(packet.toByteArray());
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
