package io.shufflenet.spark.inference;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A folder into which a native library unpacks.
 *
 * @param path absolute; empty where none serves
 * @param obstacle why no file can be made there; empty where one can
 * @param executable whether the file system lets code in it be run
 * @param freeBytes -1 where that is not known
 * @param identity equal for two that are one and the same; empty where there is no such folder
 */
public record UnpackFolder(
    String path, String obstacle, boolean executable, long freeBytes, String identity)
    implements Serializable {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  /**
   * Looks at the folder, and makes it if it is not there, as the library would.
   *
   * @param configured tells the folder; an exception of it is the obstacle
   */
  static UnpackFolder of(Callable<Path> configured, String host) {
    Path path;
    try {
      path = configured.call().toAbsolutePath().normalize();
    } catch (Exception e) {
      return new UnpackFolder("", e.toString(), true, -1, "");
    }
    String obstacle = obstacle(path);
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      existing = existing.toRealPath();
      Optional<Mount> mount = Mount.holding(mounts(), existing);
      return new UnpackFolder(
          path.toString(),
          obstacle,
          mount.map(Mount::allowsExecution).orElse(true),
          Files.getFileStore(existing).getUsableSpace(),
          obstacle.isEmpty() ? identity(existing, mount, host) : "");
    } catch (IOException e) {
      return new UnpackFolder(path.toString(), reason(e), true, -1, "");
    }
  }

  private static String obstacle(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      Files.delete(Files.createTempFile(path, ".doctor-", ""));
      return "";
    } catch (IOException e) {
      return reason(e);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file";
    }
    boolean told = failure instanceof FileSystemException refused && refused.getReason() != null;
    return told ? ((FileSystemException) failure).getReason() : failure.toString();
  }

  private static List<String> mounts() {
    try {
      return Files.readAllLines(MOUNTS, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of(); // another system than Linux
    }
  }

  /** Containers of one host may have other folders of the same path, hosts the same over NFS. */
  private static String identity(Path path, Optional<Mount> mount, String host) throws IOException {
    Map<String, Object> numbers = Files.readAttributes(path, "unix:dev,ino");
    Optional<String> server = mount.filter(Mount::isOnNetwork).map(Mount::source);
    return server.orElse(host + " " + numbers.get("dev")) + " " + numbers.get("ino");
  }
}
