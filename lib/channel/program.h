// A program of the organisation's own, as a process with which lines are exchanged. It is started
// without a shell, and gets no secret, no open file and no terminal of ours (tocsin-channel(5),
// EXEC). No call waits for it, but `wait` and the end.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace tocsin::channel {

struct ProgramCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments{};
  std::filesystem::path folder = "/";  // in which it runs
};

class Program {
 public:
  explicit Program(ProgramCommand command) : command_(std::move(command)) {}
  // It has a few seconds to finish what it was given; after that it is asked to end.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // False when the system has no room for another process. One that cannot be executed ends at
  // once.
  bool start();
  // Until `end`, also when it has ended by itself.
  bool is_started() const noexcept { return pid_ > 0; }
  // Whether it has ended by itself, or has closed its output.
  bool has_ended();
  // Kills it with all that it has started.
  void end();

  // How many of the bytes it took: 0 while its input is full, and when it has gone.
  std::size_t write(std::string_view bytes);
  // What it has written, at most `most` bytes.
  std::string read(std::size_t most);
  // Until it writes something or ends.
  void wait(base::Milliseconds patience) const;

 private:
  void close_pipes();
  void reap();

  ProgramCommand command_;
  pid_t pid_ = -1;
  int input_ = -1;             // its input: we write
  int output_ = -1;            // its output: we read
  bool is_silent_ = false;     // it has closed its output
  std::vector<pid_t> killed_;  // that the system has not given back yet
};

}  // namespace tocsin::channel
