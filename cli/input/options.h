// How a command describes its options. It hides CLI11, whose header takes seconds in each file that
// includes it. Values are read into the command's members, which must outlive the parsing.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace tocsin::cli {

class Option {
 public:
  explicit Option(CLI::Option* option) noexcept : option_(option) {}

  // The name of the value in --help: "TIME". Shells complete "FILE", "PLAYBOOK" and "FOLDER".
  Option* type_name(const std::string& name);
  Option* required();
  // Shows the member's value as the default.
  Option* capture_default_str();
  // Whether one "--skill" may have several values. It may be repeated in any case.
  Option* allow_extra_args(bool allow);
  Option* one_of(const std::vector<std::string>& choices);
  Option* between(std::int64_t least, std::int64_t most);
  Option* excludes(const Option* other);

 private:
  CLI::Option* option_;
};

class Options {
 public:
  explicit Options(CLI::App& app) noexcept : app_(&app) {}

  // "--at" is an option, "PERSON" an argument. The result lives as long as this.
  Option* add_option(const std::string& name, std::string& value, const std::string& description);
  Option* add_option(const std::string& name, std::vector<std::string>& values,
                     const std::string& description);
  Option* add_option(const std::string& name, int& value, const std::string& description);
  Option* add_option(const std::string& name, std::uint64_t& value, const std::string& description);
  Option* add_flag(const std::string& name, bool& value, const std::string& description);

  const CLI::App& app() const noexcept { return *app_; }

 private:
  Option* keep(CLI::Option* option);

  CLI::App* app_;
  std::deque<Option> options_;
};

}  // namespace tocsin::cli
