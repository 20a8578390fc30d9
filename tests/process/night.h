// A hospital for tests with real processes over loopback: the home of a coordinator, a relay, and
// the homes of two responders, all in one temporary folder.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "playbooks/playbooks.h"
#include "process/process.h"

namespace tocsin::process {

namespace fs = std::filesystem;
using nlohmann::json;

inline const std::string kStaff = playbooks::read("nurses.csv");
inline const std::string kPlaybook =
    playbooks::changed(playbooks::read("nurses.yaml"),
                       {{"response: 1 by 60min, relief: 1 by 9h", "response: 2 by 60min"}});

class RealNight : public testing::Test {
 protected:
  void SetUp() override {
    found();
    set_relay(start_relay());
    for (const char* person : {"100001", "100002"}) enrol(person);
    good({"staff", "enrolled", "--accept"});
    // They hear it now, so that it is not what they wait for later.
    for (const char* person : {"100001", "100002"}) good_at(person, {"respond", "inbox"});
  }
  // The coordinator's home, with two people on its roster.
  void found() {
    folder_ = fs::temp_directory_path() / fmt::format("tocsin-night-{}", ::getpid());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    ::unsetenv("TOCSIN_HOME");
    write("staff.csv", kStaff);
    write("small.yaml", kPlaybook);
    good({"init", "--organisation", "St Elsewhere", "--coordinator", "Dr A. Okafor",
          "--no-passphrase"});
    good({"staff", "import", path("staff.csv")});
  }
  // Returns its address.
  virtual std::string start_relay() {
    const std::string key = trimmed(good({"relay", "--show-organisation"}));
    relay_ =
        std::make_unique<Process>(words("relay-home", {"relay", "--listen", listen_, "--store",
                                                       path("relay.db"), "--organisation", key}));
    const auto ready = relay_->line();
    EXPECT_TRUE(ready && ready->find("http://") != std::string::npos);
    const std::string url = ready ? ready->substr(ready->find("http://")) : "";
    listen_ = url.substr(url.rfind('/') + 1);  // the same port when it is started again
    return url;
  }
  void TearDown() override {
    relay_.reset();
    fs::remove_all(folder_);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream{folder_ / name} << text;
  }
  static std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
  }
  std::vector<std::string> words(const std::string& home,
                                 std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {TOCSIN_PROGRAM, "--home", path(home)});
    return arguments;
  }
  Outcome tocsin(const std::string& home, const std::vector<std::string>& arguments) const {
    return run(words(home, arguments));
  }
  std::string good(const std::vector<std::string>& arguments) const {
    return good_at("trust", arguments);
  }
  std::string good_at(const std::string& home, const std::vector<std::string>& arguments) const {
    const Outcome outcome = tocsin(home, arguments);
    EXPECT_EQ(outcome.exit, 0) << arguments.front() << ": " << outcome.out;
    return outcome.out;
  }
  std::string read(const fs::path& name) const {
    std::stringstream text;
    text << std::ifstream{folder_ / name}.rdbuf();
    return text.str();
  }
  void set_channels(const std::string& before, const std::string& after) const {
    std::string settings = read("trust/tocsin.yaml");
    const auto at = settings.find(before);
    ASSERT_NE(at, std::string::npos);
    settings.replace(at, before.size(), after);
    write("trust/tocsin.yaml", settings);
  }
  void set_relay(const std::string& url) {
    with_relay_ = "relay:\n  url: " + url + "\nchannels:\n  - relay\n  - phone";
    set_channels("channels:\n  - phone", with_relay_);
  }
  void enrol(const std::string& person) const { enrol(person, person); }
  void enrol(const std::string& person, const std::string& home) const {
    good_at(home, {"respond", "enrol", invite(person), "--no-passphrase"});
  }
  // Returns the code.
  std::string invite(const std::string& person) const {
    // Notes on standard error are read together with the result, before the object or after it.
    const std::string shown = good({"staff", "invite", person, "--json"});
    const auto begin = shown.find('{');
    return json::parse(shown.substr(begin, shown.rfind('}') + 1 - begin)).at("code");
  }
  std::vector<json> journal() const {
    std::vector<json> events;
    std::istringstream lines{good({"record", "export"})};
    for (std::string text; std::getline(lines, text);)
      if (text.starts_with("{")) events.push_back(json::parse(text));
    return events;
  }
  fs::path folder_;
  std::unique_ptr<Process> relay_;
  std::string listen_ = "127.0.0.1:0";
  std::string with_relay_;  // the settings with the relay
};

}  // namespace tocsin::process
