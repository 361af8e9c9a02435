using System.Reflection;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Web.Tests;

/// <summary>Case files of the repository, opened as a municipal system opens a case.</summary>
internal static class OpenCases
{
    /// <summary>The folder of the repository.</summary>
    public static readonly string Root = typeof(OpenCases).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The request that opens the case of a file.</summary>
    /// <param name="file">Below tests/cases.</param>
    /// <param name="title">The title in the worklist.</param>
    /// <param name="vocabulary">What the file is read by.</param>
    public static OpenCaseRequest Read(string file, string title, Vocabulary vocabulary)
    {
        var read = Assert.IsType<CaseFileReading.Read>(new CaseFileReader(vocabulary).ReadFile(Path.Combine(Root, "tests", "cases", file)));
        var whole = read.File.Case.ToWire(pseudonym: "");
        return new OpenCaseRequest
        {
            RequestId = Path.GetFileNameWithoutExtension(file),
            Title = title,
            AsOf = whole.AsOf,
            Rulebooks = { whole.Rulebooks },
            Tenant = whole.Tenant,
            Insurer = whole.Insurer,
            Options = { whole.Options },
            Parameters = { whole.Parameters },
            Facts = { whole.Facts },
            Needs = { whole.Needs },
            Provisions = { whole.Provisions },
            Parties = { whole.Parties },
            Consents = { whole.Consents },
            Events = { whole.Events },
            Evidence = { whole.Evidence },
            OpenLists = { whole.OpenLists },
        };
    }
}
