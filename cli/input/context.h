// How a command was called: the flags that every command takes, the clock, and its output.
#pragma once

#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "screen/output.h"

namespace tocsin::cli {

// The flags are resolved: flag over environment over default.
struct Context {
  std::filesystem::path home;
  std::optional<std::filesystem::path> passphrase_file;
  bool json = false;
  bool dry_run = false;
  const base::Clock& clock;
  Output out;

  Form form() const noexcept { return json ? Form::json : Form::text; }
};

}  // namespace tocsin::cli
