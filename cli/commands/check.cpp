// tocsin check: names every fault of every playbook in one run.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/file.h"
#include "base/text.h"
#include "command.h"
#include "document/finding.h"
#include "input/mapping_flags.h"
#include "input/opening.h"
#include "input/roster_words.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/bounds.h"
#include "screen/findings.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using document::Finding;
using document::Findings;
using document::Severity;

class Check final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("file", files_, "Playbooks to check")->required()->type_name("FILE");
    auto* csv = app.add_option("--roster", roster_,
                               "Also check that this CSV roster has their skills and groups")
                    ->type_name("CSV");
    mapping_.describe(app);
    app.add_flag("--with-staff", with_staff_,
                 "Also check against the home's roster and rota: skills, groups and on-call roles")
        ->excludes(csv);
  }

  Exit run(Context& context) override {
    Findings findings;
    std::optional<playbook::RosterWords> roster;
    if (with_staff_)
      roster = words_of_home(context);
    else if (!roster_.empty())
      roster = words_of_csv(roster_, mapping_, findings);
    const auto channels = channels_of_home(context);
    for (const std::string& file : files_) check(file, roster, channels, findings);
    if (context.json)
      context.out.json(to_json(findings));
    else
      print_text(findings, context.out);
    return findings.has_errors() ? Exit::invalid : Exit::done;
  }

 private:
  // A file that cannot be read is one more finding, so that the other files are still checked.
  static void check(const std::string& file, const std::optional<playbook::RosterWords>& roster,
                    const std::optional<std::vector<contact::ChannelId>>& channels,
                    Findings& findings) {
    try {
      const std::string text = base::read_file(file, playbook::kLargestPlaybook);
      playbook::judge(playbook::read_playbook(text, file), findings, roster ? &*roster : nullptr,
                      channels ? &*channels : nullptr);
    } catch (const base::Fault& fault) {
      findings.error({file, 1, 1}, fault.what(), fault.hint());
    }
  }

  void print_text(const Findings& findings, Output& out) const {
    for (const Finding& finding : findings.sorted()) {
      const bool is_error = finding.severity == Severity::error;
      out.line(fmt::format(
          "{}:{}:{}: {}: {}", base::printable(finding.file), finding.line, finding.column,
          out.paint(is_error ? Paint::red : Paint::yellow, document::to_text(finding.severity)),
          finding.message));
      if (!finding.hint.empty()) out.line(out.paint(Paint::dim, "  hint: " + finding.hint));
    }
    out.line(fmt::format("{} checked: {}, {}",
                         base::counted(files_.size(), "playbook", "playbooks"),
                         base::counted(findings.errors(), "error", "errors"),
                         base::counted(findings.warnings(), "warning", "warnings")));
  }

  std::vector<std::string> files_;
  std::string roster_;
  bool with_staff_ = false;
  MappingFlags mapping_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace tocsin::cli
