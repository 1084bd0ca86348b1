package io.shufflenet.spark.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * HDFS with one data node, in this JVM. Its superuser is not the user who runs the tests, who may
 * write into {@code /data}.
 */
public final class HdfsServer implements AutoCloseable {
  private static final String SUPERUSER = "hdfs";
  private static final String SUPERGROUP = "supergroup";

  private final UserGroupInformation superuser;
  private final MiniDFSCluster cluster;

  private HdfsServer(UserGroupInformation superuser, MiniDFSCluster cluster) {
    this.superuser = superuser;
    this.cluster = cluster;
  }

  /**
   * @param home a new folder
   */
  public static HdfsServer start(Path home) throws IOException, InterruptedException {
    UserGroupInformation superuser =
        UserGroupInformation.createUserForTesting(SUPERUSER, new String[] {SUPERGROUP});
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, home.toString());
    HdfsServer server =
        superuser.doAs(
            (PrivilegedExceptionAction<HdfsServer>)
                () ->
                    new HdfsServer(
                        superuser, new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()));
    server.asSuperuser(
        fileSystem -> {
          org.apache.hadoop.fs.Path data = new org.apache.hadoop.fs.Path("/data");
          fileSystem.mkdirs(data);
          fileSystem.setPermission(data, new FsPermission("777"));
        });
    return server;
  }

  private interface Deed {
    void with(FileSystem fileSystem) throws IOException;
  }

  private void asSuperuser(Deed deed) throws IOException, InterruptedException {
    superuser.doAs(
        (PrivilegedExceptionAction<Void>)
            () -> {
              deed.with(cluster.getFileSystem());
              return null;
            });
  }

  /** As in {@code hdfs://127.0.0.1:8020}. */
  public String uri() {
    return cluster.getURI().toString();
  }

  /** Runs something while nothing may be written. */
  public <T> T inSafeMode(PrivilegedExceptionAction<T> action) throws Exception {
    setSafeMode(SafeModeAction.SAFEMODE_ENTER);
    try {
      return action.run();
    } finally {
      setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
    }
  }

  private void setSafeMode(SafeModeAction action) throws IOException, InterruptedException {
    superuser.doAs(
        (PrivilegedExceptionAction<Boolean>)
            () -> cluster.getFileSystem().getClient().setSafeMode(action));
  }

  /** Runs something while no block can be read. */
  public <T> T withoutDataNode(PrivilegedExceptionAction<T> action) throws Exception {
    DataNodeProperties stopped = cluster.stopDataNode(0);
    try {
      return action.run();
    } finally {
      superuser.doAs(
          (PrivilegedExceptionAction<Void>)
              () -> {
                boolean unused = cluster.restartDataNode(stopped, true);
                cluster.waitActive();
                return null;
              });
    }
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
