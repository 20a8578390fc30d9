// Processes of the real program, to start, read line by line, and kill. Nothing here sleeps: it
// waits for output or for the end of a process.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::process {

struct Outcome {
  int exit = -1;    // 128 + the signal when it was killed
  std::string out;  // standard output and standard error, in the order in which they came
};

class Process {
 public:
  // argv[0] is the program's path.
  explicit Process(const std::vector<std::string>& argv);
  ~Process();  // kills it if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next line without its end; nullopt at the end of the output, or when none comes within
  // `patience_ms`.
  std::optional<std::string> line(int patience_ms = -1);
  // Reads until a line contains `text`. False when the output ends before.
  bool wait_for(const std::string& text);
  void signal(int number);
  // Reads the rest of the output and waits for the end.
  Outcome finish();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string seen_;
  std::size_t returned_ = 0;  // of seen_
};

Outcome run(const std::vector<std::string>& argv);

// The program in its own terminal, with functions for a person who reads and presses keys.
class Terminal {
 public:
  explicit Terminal(const std::vector<std::string>& argv, int columns = 100, int rows = 40);
  ~Terminal();  // kills the program if it still runs
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void press(std::string_view keys);
  // Waits until `text` is shown after the text that was last waited for. False when that takes over
  // 30 s or the program ends before.
  bool shows(std::string_view text);
  // Reads the rest of the output and waits for the end. `out` includes control sequences.
  Outcome finish();
  const std::string& text() const noexcept { return text_; }  // without control sequences

 private:
  bool read_more(int patience_ms);

  pid_t pid_ = -1;
  int keys_ = -1;
  std::string raw_;
  std::string text_;
  std::size_t read_ = 0;  // of raw_, into text_
  std::size_t seen_ = 0;  // of text_
};

}  // namespace tocsin::process
