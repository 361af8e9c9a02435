using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Samenhang.Casemanager.Vault;
using Samenhang.Host.Commands;
using Samenhang.Host.Embedded;
using Samenhang.Language;
using Samenhang.Platform.Keys;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Employer.V1;
using Samenhang.Protos.Gemeente.V1;

namespace Samenhang.WholeSystem.Tests.Stolen;

/// <summary>Somebody takes the database, and not the keys: there is no BSN in it, no name, no title and no text that anybody wrote.</summary>
public sealed class WhatAThiefReads(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private const string Bsn = "999990342";
    private const string Name = "Quirina Vosmaer-Ölundstra";
    private const string Holder = "Zwaantje Wijnbergenkamp";
    private const string HolderSubject = "zwaantje.wijnbergenkamp";
    private const string Goal = "Weer durven slapen zonder de Kwakelbrugnachtmerrie";
    private const string Reason = "Haar zus Theodoosia Plompzwanink regelt het";
    private const string PersonnelNumber = "PN-Ysbrandtina-7731";
    private const string ClientNumber = "kluisnummer-Gwendolijntje";

    /// <summary>Everything that was planted; a word of a name is as bad as the whole.</summary>
    private static readonly string[] Planted =
        [Bsn, Name, "Vosmaer", "Ölundstra", Holder, "Wijnbergenkamp", HolderSubject, Goal, "Kwakelbrugnachtmerrie", Reason, "Plompzwanink", PersonnelNumber, "Ysbrandtina", ClientNumber, "Gwendolijntje"];

    [Fact]
    public async Task The_files_of_a_system_in_one_process_tell_of_nobody()
    {
        using var folder = new TemporaryFolder();
        string caseId;
        await using (var system = await StartAsync(folder.Path))
        {
            caseId = await PlantAsync(system);
            await IsPlantedAsync(system);
        }

        var loot = new Loot();
        foreach (var file in Directory.EnumerateFiles(folder.Path).Where(file => Path.GetFileName(file) is not ("keys" or "casemanager.key")))
        {
            loot.Add(Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        TellsOfNobody(loot, caseId);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "keys")));
        }
    }

    [Fact]
    public async Task A_dump_of_postgresql_tells_of_nobody()
    {
        using var folder = new TemporaryFolder();
        var database = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync());
        string caseId;
        await using (var system = await StartAsync(folder.Path, new() { ["Samenhang:Store:Kind"] = "PostgreSql", ["Samenhang:Store:ConnectionString"] = database.ToString() }))
        {
            caseId = await PlantAsync(system);
            await IsPlantedAsync(system);
        }

        var start = new ProcessStartInfo(
            PostgreSqlServer.Programs + "pg_dump", ["--host", database.Host!, "--port", $"{database.Port}", "--username", database.Username!, "--format", "plain", database.Database!])
        {
            RedirectStandardOutput = true,
        };
        using var dump = Process.Start(start)!;
        using var bytes = new MemoryStream();
        using var limit = new CancellationTokenSource(Patience.Limit);
        await dump.StandardOutput.BaseStream.CopyToAsync(bytes, limit.Token);
        await dump.WaitForExitAsync(limit.Token);
        Assert.Equal(0, dump.ExitCode);

        TellsOfNobody(new Loot().Add("dump", bytes.ToArray()), caseId);
    }

    [Fact]
    public async Task What_was_erased_nobody_reads_also_not_who_has_the_keys()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["Samenhang:Store:Kind"] = "PostgreSql", ["Samenhang:Store:ConnectionString"] = await server.NewDatabaseAsync() };
        await using (var system = await StartAsync(folder.Path, settings))
        {
            var caseId = await PlantAsync(system);
            await IsPlantedAsync(system);
            await new RightsService.RightsServiceClient(system.Casemanager).EraseCaseAsync(
                new() { RequestId = Requests.NewId(), CaseId = caseId, Ground = ErasureGround.NotNeeded, Reason = "op verzoek" });
            await Patience.Until(async () => (await StillSaidAsync(system)).Count == 0, "the domains erased it too");
        }

        await using (var again = await StartAsync(folder.Path, settings))
        {
            Assert.Empty(await StillSaidAsync(again));
            Assert.True(Language.Bsn.TryParse(Bsn, out var bsn));
            Assert.Empty(await again.Services.GetRequiredService<BsnVault>().CasesOfAsync(bsn, CancellationToken.None));
            Assert.Empty((await new WorklistService.WorklistServiceClient(again.Casemanager).SearchCasesAsync(new())).Cases);
        }
    }

    /// <summary>What is still told of the case by who has the keys. The employer's own record of the absence was never linked to it.</summary>
    private static async Task<IReadOnlyList<string>> StillSaidAsync(EmbeddedSystem system)
    {
        var found = new List<string>();
        foreach (var service in new[] { "casemanager", "zvw", "gemeente", "uwv" })
        {
            foreach (var (stream, payload) in await system.Services.EventsAsync(service))
            {
                var said = System.Text.RegularExpressions.Regex.Unescape(payload.Replace("\\\"", "\"", StringComparison.Ordinal));
                found.AddRange(Planted.Where(word => said.Contains(word, StringComparison.Ordinal)).Select(word => $"{service} {stream}: {word}"));
            }
        }

        return found;
    }

    [Fact]
    public async Task A_new_key_is_taken_step_by_step_and_the_old_one_can_go()
    {
        using var folder = new TemporaryFolder();
        string caseId;
        await using (var system = await StartAsync(folder.Path))
        {
            caseId = await PlantAsync(system);
        }

        var file = Path.Combine(folder.Path, "keys");
        var old = KeyRing.In(file, make: false).Active.Id;
        Assert.Equal(0, (await VaultAsync("check", "--data", folder.Path)).Status);

        // Broken off after one service: what is not done yet is still found and read.
        Assert.Equal(0, (await VaultAsync("rotate", "--data", folder.Path, "--service", "zvw", "--new-key")).Status);
        var active = KeyRing.In(file, make: false).Active.Id;
        Assert.NotEqual(old, active);
        await using (var system = await StartAsync(folder.Path))
        {
            await IsFoundAsync(system, caseId);
        }

        Assert.Contains($"older key {old}", (await VaultAsync("check", "--data", folder.Path, "--lang", "en")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await VaultAsync("rotate", "--data", folder.Path)).Status);
        var check = await VaultAsync("check", "--data", folder.Path, "--json");
        Assert.Equal(0, check.Status);
        Assert.Contains(active, check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(old, check.Output, StringComparison.Ordinal);

        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file)).Take(1));
        await using (var system = await StartAsync(folder.Path))
        {
            await IsFoundAsync(system, caseId);
        }
    }

    [Fact]
    public async Task Without_the_key_nothing_starts_and_nothing_is_said_to_be_right()
    {
        using var folder = new TemporaryFolder();
        await using (var system = await StartAsync(folder.Path))
        {
            await PlantAsync(system);
        }

        var file = Path.Combine(folder.Path, "keys");
        var lost = KeyRing.In(file, make: false).Active.Id;
        await File.WriteAllTextAsync(file, KeyRing.NewKey());

        var (status, _, error) = await VaultAsync("check", "--data", folder.Path);
        Assert.Equal(1, status);
        Assert.Contains(lost, error, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await StartAsync(folder.Path));
        Assert.Contains(lost, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<EmbeddedSystem> StartAsync(string folder, Dictionary<string, string?>? settings = null)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        return await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = folder, UseDefaultPorts = false, WithWeb = false, Settings = settings ?? [], Services = services => services.AddLogging(logging => logging.ClearProviders()),
            },
            limit.Token);
    }

    private static async Task<string> PlantAsync(EmbeddedSystem system)
    {
        var casemanager = new CasemanagerService.CasemanagerServiceClient(system.Casemanager);
        var request = Requests.BurnOut();
        (request.Bsn, request.Title) = (Bsn, $"{Name} thuis");
        var caseId = (await casemanager.OpenCaseAsync(request)).CaseId;
        await casemanager.PlanAsync(caseId);
        await new WorklistService.WorklistServiceClient(system.Casemanager).AssignCaseAsync(
            new() { RequestId = Requests.NewId(), CaseId = caseId, Assignee = HolderSubject, AssigneeName = Holder, By = "casemanager" });
        var work = new WorkService.WorkServiceClient(system.Casemanager);
        await work.AddWorkAsync(new() { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", Content = new() { Goal = new() { NeedId = "n1", Text = Goal } } });
        var plan = (await casemanager.GetPlanAsync(new() { CaseId = caseId })).Plan;
        await work.DeclineProposalAsync(
            new() { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", ProposalKey = plan.Actions[0].ProposalKey, Reason = Reason });
        await new AbsenceService.AbsenceServiceClient(system.Casemanager).ReportAbsenceAsync(
            new() { RequestId = Requests.NewId(), PersonnelNumber = PersonnelNumber, FirstSickDay = Requests.Day(2016, 4, 4), ReportedOn = Requests.Day(2016, 4, 4) });
        var pseudonym = (await casemanager.GetCaseAsync(new() { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == Domain.Gemeente).CasePseudonym;
        await new ClientService.ClientServiceClient(system.Casemanager).LinkCaseAsync(
            new() { RequestId = Requests.NewId(), Client = new() { MunicipalityCode = "0363", ClientReference_ = ClientNumber }, CasePseudonym = pseudonym });
        return caseId;
    }

    /// <summary>With the keys all of it is there: a search that finds nothing elsewhere has something to find.</summary>
    private static async Task IsPlantedAsync(EmbeddedSystem system)
    {
        var said = new StringBuilder();
        foreach (var service in new[] { "casemanager", "zvw", "gemeente", "uwv", "employer" })
        {
            foreach (var (_, payload) in await system.Services.EventsAsync(service))
            {
                said.AppendLine(System.Text.RegularExpressions.Regex.Unescape(payload.Replace("\\\"", "\"", StringComparison.Ordinal)));
            }
        }

        Assert.All(Planted.Where(word => word != Bsn), word => Assert.Contains(word, said.ToString(), StringComparison.Ordinal));
        Assert.True(Language.Bsn.TryParse(Bsn, out var bsn));
        Assert.Single(await system.Services.GetRequiredService<BsnVault>().CasesOfAsync(bsn, CancellationToken.None));
    }

    private static async Task IsFoundAsync(EmbeddedSystem system, string caseId)
    {
        var worklist = new WorklistService.WorklistServiceClient(system.Casemanager);
        var byWord = Assert.Single((await worklist.SearchCasesAsync(new() { Text = "vosm olund" })).Cases);
        Assert.Equal((caseId, $"{Name} thuis", HolderSubject, Holder), (byWord.Summary.CaseId, byWord.Summary.Title, byWord.Assignee, byWord.AssigneeName));
        Assert.Equal(caseId, Assert.Single((await worklist.SearchCasesAsync(new() { Assignee = HolderSubject, Order = CaseOrder.Title })).Cases).Summary.CaseId);
        Assert.Equal(1, (await worklist.ListWorkAsync(new() { Assignee = HolderSubject })).CaseCount);
        Assert.True(Language.Bsn.TryParse(Bsn, out var bsn));
        Assert.Equal([caseId], await system.Services.GetRequiredService<BsnVault>().CasesOfAsync(bsn, CancellationToken.None));
        Assert.Equal(bsn, await system.Services.GetRequiredService<BsnVault>().ReadAsync(caseId, CancellationToken.None));
        await new AbsenceService.AbsenceServiceClient(system.Casemanager).ReportAbsenceAsync(
            new() { RequestId = Requests.NewId(), PersonnelNumber = PersonnelNumber, FirstSickDay = Requests.Day(2016, 4, 4), ReportedOn = Requests.Day(2016, 4, 4) })
            .RefusedAsync(Grpc.Core.StatusCode.FailedPrecondition);
    }

    private static void TellsOfNobody(Loot loot, string caseId)
    {
        Assert.NotEmpty(loot.Find(caseId)); // Ids lie open: the search does look into what was stolen.
        Assert.True(loot.Size > 100_000, "there is something to look through");
        Assert.Empty(Planted.SelectMany(loot.Find));
    }

    private static async Task<(int Status, string Output, string Error)> VaultAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var limit = new CancellationTokenSource(Patience.Limit);
        var status = await CommandLine.Of(output, error).RunAsync(["vault", .. arguments], limit.Token);
        return (status, output.ToString(), error.ToString());
    }
}
