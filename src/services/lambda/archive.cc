#include "services/lambda/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "services/lambda/code.h"

namespace tidemill::lambda {
namespace {

struct CloseReader {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};
struct CloseWriter {
  void operator()(struct archive* writer) const { archive_write_free(writer); }
};
using Reader = std::unique_ptr<struct archive, CloseReader>;
using Writer = std::unique_ptr<struct archive, CloseWriter>;

Error refused(const std::string& why) {
  return errors::InvalidParameterValueException("Could not unzip uploaded file. " + why);
}

Error not_a_zip() { return refused("Please check your file, then try to upload again."); }

// True when the path stays below its root.
bool stays_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos)
    return false;
  int depth = 0;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    if (part == "..") --depth;
    if (!part.empty() && part != "." && part != "..") ++depth;
    if (depth < 0) return false;
    begin = end + 1;
  }
  return true;
}

// Where a link leads is relative to its own folder.
bool link_stays_inside(const std::string& path, std::string_view target) {
  if (target.empty() || target.front() == '/') return false;
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  return stays_inside(folder + std::string(target));
}

Status check_entry(struct archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  const std::string path = name ? name : "";
  if (!stays_inside(path) || path.find("..") == 0) {
    return refused("The path '" + path + "' leads outside of the archive.");
  }
  if (archive_entry_hardlink(entry)) return refused("'" + path + "' is a hard link.");
  const auto type = archive_entry_filetype(entry);
  if (type == AE_IFLNK) {
    const char* target = archive_entry_symlink(entry);
    if (!target || !link_stays_inside(path, target)) {
      return refused("The link '" + path + "' leads outside of the archive.");
    }
    return ok();
  }
  if (type != AE_IFREG && type != AE_IFDIR) return refused("'" + path + "' is not a file.");
  return ok();
}

Reader open_reader(std::string_view zip) {
  Reader reader(archive_read_new());
  archive_read_support_format_zip_seekable(reader.get());
  if (archive_read_open_memory(reader.get(), zip.data(), zip.size()) != ARCHIVE_OK) return nullptr;
  return reader;
}

Writer open_writer() {
  Writer writer(archive_write_disk_new());
  archive_write_disk_set_options(writer.get(),
                                 ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                                     ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_UNLINK);
  return writer;
}

// Copies the bytes of one entry (nowhere when `writer` is null), counting them into `total`.
Status copy_bytes(struct archive* reader, struct archive* writer, uint64_t& total) {
  const void* block = nullptr;
  size_t size = 0;
  la_int64_t offset = 0;
  for (;;) {
    const int status = archive_read_data_block(reader, &block, &size, &offset);
    if (status == ARCHIVE_EOF) return ok();
    if (status != ARCHIVE_OK) return not_a_zip();
    total += size;
    if (total > kUnpackedBytesMax || offset < 0 ||
        static_cast<uint64_t>(offset) > kUnpackedBytesMax) {
      return errors::InvalidParameterValueException("Unzipped size must be smaller than " +
                                                    std::to_string(kUnpackedBytesMax) + " bytes");
    }
    if (writer && archive_write_data_block(writer, block, size, offset) < ARCHIVE_OK) {
      return errors::InputOutput("unpacking code").because(archive_error_string(writer));
    }
  }
}

Status write_entry(struct archive* writer, struct archive_entry* entry,
                   const std::string& directory) {
  const std::string path = archive_entry_pathname(entry);
  archive_entry_copy_pathname(entry, (directory + "/" + path).c_str());
  const bool folder = archive_entry_filetype(entry) == AE_IFDIR;
  if (archive_entry_filetype(entry) != AE_IFLNK) {
    archive_entry_set_perm(entry, (archive_entry_perm(entry) & 0777) | (folder ? 0755 : 0644));
  }
  if (archive_write_header(writer, entry) < ARCHIVE_WARN) {
    return errors::InputOutput("unpacking code").because(archive_error_string(writer));
  }
  return ok();
}

// One pass over the archive; unpacks when `directory` is given.
Status walk(std::string_view zip, const std::string* directory) {
  const Reader reader = open_reader(zip);
  if (!reader) return not_a_zip();
  const Writer writer = directory ? open_writer() : nullptr;
  struct archive_entry* entry = nullptr;
  uint64_t total = 0;
  size_t entries = 0;
  for (;;) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) return not_a_zip();
    if (++entries > kEntriesMax) return refused("It has too many entries.");
    RETURN_IF_ERROR(check_entry(entry));
    if (directory) RETURN_IF_ERROR(write_entry(writer.get(), entry, *directory));
    RETURN_IF_ERROR(copy_bytes(reader.get(), writer.get(), total));
    if (writer && archive_write_finish_entry(writer.get()) < ARCHIVE_WARN) {
      return errors::InputOutput("unpacking code").because(archive_error_string(writer.get()));
    }
  }
  if (entries == 0) {
    return errors::InvalidParameterValueException("Uploaded file must be a non-empty zip");
  }
  return ok();
}

}  // namespace

Status check_zip(std::string_view zip) { return walk(zip, nullptr); }

Status unpack_zip(std::string_view zip, const std::string& directory) {
  return walk(zip, &directory);
}

}  // namespace tidemill::lambda
