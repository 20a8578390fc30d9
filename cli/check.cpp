// tocsin check: every fault of every playbook named, in one run.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "command.h"
#include "document/finding.h"
#include "playbook/load.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using document::Finding;
using document::Findings;
using document::Severity;

class Check final : public Command {
 public:
  void describe(CLI::App& app) override {
    app.add_option("FILE", files_, "Playbooks to check")->required();
  }

  Exit run(Context& context) override {
    Findings findings;
    for (const std::string& file : files_) check(file, findings);
    if (context.json)
      print_json(findings, context.out);
    else
      print_text(findings, context.out);
    return findings.has_errors() ? Exit::invalid : Exit::done;
  }

 private:
  // A file that cannot be read is one more fault, so that the other files are still checked.
  static void check(const std::string& file, Findings& findings) {
    try {
      playbook::load_playbook(base::read_file(file, playbook::kLargestPlaybook), file, findings);
    } catch (const base::Fault& fault) {
      findings.error({file, 1, 1}, fault.what(), fault.hint());
    }
  }

  static void print_json(const Findings& findings, Output& out) {
    auto list = nlohmann::json::array();
    for (const Finding& finding : findings.sorted())
      list.push_back({{"file", finding.file},
                      {"line", finding.line},
                      {"column", finding.column},
                      {"severity", document::to_text(finding.severity)},
                      {"message", finding.message},
                      {"hint", finding.hint}});
    out.json(list);
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
    const auto count = [](std::size_t number, std::string_view one) {
      return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
    };
    out.line(fmt::format("{} checked: {}, {}", count(files_.size(), "playbook"),
                         count(findings.errors(), "error"), count(findings.warnings(), "warning")));
  }

  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace tocsin::cli
