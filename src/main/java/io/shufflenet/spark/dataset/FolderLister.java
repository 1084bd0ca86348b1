package io.shufflenet.spark.dataset;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the files and folders directly in a folder, hidden ones too, in no particular order. */
interface FolderLister {
  /**
   * @throws java.io.FileNotFoundException if the folder is gone; the iterator may throw it too
   * @throws IOException if the folder cannot be read
   */
  RemoteIterator<FileStatus> list(Path folder) throws IOException;

  /**
   * @param root the folder that every listed one is under, fully qualified
   */
  static FolderLister of(FileSystem fileSystem, Path root) {
    boolean local =
        fileSystem.getClass() == LocalFileSystem.class
            && ((LocalFileSystem) fileSystem).getRaw().getClass() == RawLocalFileSystem.class;
    return local ? new LocalFolderLister(root) : fileSystem::listStatusIterator;
  }
}
