// Files that appear in a folder all together or not at all, wherever the program is killed. They
// are made in a folder beside, under a temporary name, and moved out when all are there: last the
// mark, whose presence says that the rest is there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tocsin::home {

class Making {
 public:
  // Begins anew: what a killed process left half-made under this name is removed. No other process
  // may make the same at the time.
  Making(std::filesystem::path into, std::string_view name, std::string mark);
  ~Making();  // removes what was not finished
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;

  // Where the files are made; private to its owner. The mark must be written whole, by a rename.
  const std::filesystem::path& folder() const noexcept { return folder_; }
  // Moves them out; durable on return.
  void finish();

  // For a process that was killed after the mark was made: moves out what is left. False when there
  // was no such thing; what is half-made is removed then.
  static bool finish_killed(const std::filesystem::path& into, std::string_view name,
                            const std::string& mark);
  // Removes whatever killed processes were making in `into`, also what they had moved out already:
  // the files that begin with the name and a dot. The mark is the name with `mark_extension`.
  static void discard_killed(const std::filesystem::path& into, std::string_view mark_extension);

 private:
  std::filesystem::path into_;
  std::filesystem::path folder_;
  std::string mark_;
  bool is_moving_ = false;
};

}  // namespace tocsin::home
