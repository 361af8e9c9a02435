using System.Diagnostics.CodeAnalysis;
using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Host.Commands.Rules;

/// <summary>The case files that a report about rules runs.</summary>
internal static class RuleCases
{
    /// <summary>Reads them; what is missing or faulty is said.</summary>
    /// <param name="paths">Case files and folders; none = our own.</param>
    /// <param name="installation">Where our own stand.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="error">Where faults are said.</param>
    /// <param name="voice">The language.</param>
    /// <param name="cases">All of them.</param>
    /// <param name="code">A value of <see cref="ExitCode"/> when they could not all be read.</param>
    public static bool TryRead(
        string[] paths, Installation installation, Vocabulary vocabulary, TextWriter error, Voice voice, [NotNullWhen(true)] out List<CaseFile>? cases, out int code)
    {
        var files = CasePaths.Expand(paths.Length > 0 ? paths : [installation.CasesFolder], out var missing);
        cases = [];
        code = ExitCode.Good;
        if (missing.Count > 0)
        {
            missing.ForEach(path => error.WriteLine(voice.Say("assess.nothingAt", path)));
            error.WriteLine(voice["usage.seeHelp"]);
            code = ExitCode.WrongUsage;
            return false;
        }

        foreach (var reading in files.AsParallel().AsOrdered().Select(new CaseFileReader(vocabulary).ReadFile))
        {
            switch (reading)
            {
                case CaseFileReading.Read read:
                    cases.Add(read.File);
                    break;
                case CaseFileReading.Faulty faulty:
                    code = ExitCode.Failed;
                    foreach (var fault in faulty.Faults)
                    {
                        error.WriteLine(voice.Language == "en" ? fault.LineEn : fault.LineNl);
                    }

                    break;
            }
        }

        return code == ExitCode.Good;
    }
}
