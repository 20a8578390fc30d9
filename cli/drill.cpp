#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "command.h"
#include "drill/run.h"
#include "playbook/load.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

// Without --at every drill begins on this Saturday evening, so that a seed means the same next
// year.
constexpr std::string_view kUsualNight = "2026-01-10T22:40:00Z";

// A folder that goes when the drill is over, unless it was asked for by name.
class Folder {
 public:
  explicit Folder(const std::string& named) : keep_(!named.empty()) {
    if (keep_) {
      path_ = named;
      std::filesystem::create_directories(path_);
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-drill-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Fault(Exit::fault, "cannot make a folder for the drill",
                  "check TMPDIR, or name a folder with --keep");
    path_ = name;
  }
  ~Folder() {
    if (keep_) return;
    std::error_code ignored;  // a folder left behind in /tmp is no reason to fail a finished drill
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  bool keep_;
  std::filesystem::path path_;
};

class DrillCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook to exercise")
        ->required()
        ->type_name("PLAYBOOK");
    app.add_option("--staff", staff_, "How many people the synthetic roster has")
        ->type_name("N")
        ->between(1, 100'000)
        ->capture_default_str();
    app.add_option("--seed", seed_, "The dice: the same seed, the same night")
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--at", at_, "When it is declared, such as \"Sunday 04:00\"")->type_name("TIME");
    app.add_flag("--in-memory", in_memory_, "Without relay, disk and encryption: for many seeds");
    app.add_option("--keep", keep_, "Leave the exercise's journal in this folder")
        ->type_name("FOLDER");
  }

  Exit run(Context& context) override {
    document::Findings findings;
    const std::string text = base::read_file(file_, playbook::kLargestPlaybook);
    const auto playbook = playbook::load_playbook(text, file_, findings);
    findings.throw_if_errors("playbook");

    drill::Settings settings;
    settings.playbook_file = file_;
    settings.staff = static_cast<std::size_t>(staff_);
    settings.seed = seed_;
    settings.path = in_memory_ ? drill::Path::in_memory : drill::Path::live;
    settings.at = start(context);
    std::unique_ptr<Folder> folder;
    if (!in_memory_) {
      folder = std::make_unique<Folder>(keep_);
      settings.folder = folder->path();
    }
    const bool bar = context.out.is_terminal() && ::isatty(STDERR_FILENO) == 1 && !context.json;
    long shown = -1;
    const drill::Report report =
        drill::run(*playbook, settings, [&](base::Minutes done, base::Minutes all) {
          const long percent = all.count() == 0 ? 100 : 100 * done.count() / all.count();
          if (!bar || percent == shown) return;
          shown = percent;
          fmt::print(stderr, "\r{} of {} simulated ", base::minutes_text(done),
                     base::minutes_text(all));
        });
    if (bar) fmt::print(stderr, "\r{:40}\r", "");
    if (context.json)
      context.out.json(drill::to_json(report));
    else
      context.out.text(drill::to_text(report));
    return report.is_complete() ? Exit::done : Exit::unfilled;
  }

 private:
  base::Instant start(const Context& context) const {
    if (at_.empty()) return *base::from_rfc3339(kUsualNight);
    const auto at = base::parse_when(at_, context.clock.now());
    if (!at)
      throw Fault(Exit::usage, fmt::format("{} is not a time", at_),
                  "write it as \"Sunday 04:00\", \"22:40\" or 2026-11-22T22:40:00Z");
    return *at;
  }

  std::string file_;
  int staff_ = 1'200;
  std::uint64_t seed_ = 1;
  std::string at_;
  bool in_memory_ = false;
  std::string keep_;
};

}  // namespace

std::unique_ptr<Command> make_drill() { return std::make_unique<DrillCommand>(); }

}  // namespace tocsin::cli
