using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Tests.Bus;

namespace Samenhang.Platform.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task Every_wrong_setting_is_named_at_once_and_the_host_does_not_start()
    {
        var builder = Builder(new()
        {
            ["Samenhang:Transport"] = "RabbitMq",
            ["Samenhang:RabbitMq:Host"] = " ",
            ["Samenhang:RabbitMq:Port"] = "70000",
            ["Samenhang:Relay:BatchSize"] = "0",
            ["Samenhang:Relay:PollEvery"] = "-00:00:01",
            ["Samenhang:Services:bakery"] = "http://localhost:1",
            ["Samenhang:Services:zvw"] = "localhost:5001",
        });
        builder.AddSamenhangPlatform();
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(6, refusal.Failures.Count());
        foreach (var setting in new[] { "RabbitMq:Host", "RabbitMq:Port", "Relay:BatchSize", "Relay:PollEvery", "Services:bakery", "Services:zvw" })
        {
            Assert.Contains(refusal.Failures, failure => failure.StartsWith($"Samenhang:{setting} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_projection_is_the_same_object_for_who_reads_its_table()
    {
        var builder = Builder([]);
        builder.AddSamenhangService(ServiceNames.Zvw, service =>
        {
            Conversation.Answers(service);
            service.Projection<AnswererState, AnswererEvent, NoTable>(Migrations.Embedded(typeof(HostingTests).Assembly, "tally"));
        });
        using var host = builder.Build();

        Assert.Same(host.Services.GetRequiredService<NoTable>(), host.Services.GetRequiredService<IProjection<AnswererState, AnswererEvent>>());
    }

    [Fact]
    public void Variables_stand_above_the_files_and_below_the_command_line()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Samenhang:RabbitMq:Host"] = "file",
            ["Samenhang:RabbitMq:User"] = "file",
        });
        configuration.AddCommandLine(["--Samenhang:Transport=InMemory"]);

        configuration.AddSamenhangVariables(new System.Collections.Hashtable
        {
            ["SAMENHANG_RabbitMq__Host"] = "variable",
            ["SAMENHANG_TRANSPORT"] = "RabbitMq",
            ["OTHER_RabbitMq__User"] = "not ours",
        });

        Assert.Equal("variable", configuration["Samenhang:RabbitMq:Host"]);
        Assert.Equal("file", configuration["Samenhang:RabbitMq:User"]);
        Assert.Equal("InMemory", configuration["Samenhang:Transport"]);
    }

    [Fact]
    public void Five_services_fit_in_one_host_each_with_a_store_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var builder = Builder(new() { ["Samenhang:Store:Folder"] = folder.Path });
        foreach (var name in ServiceNames.All)
        {
            builder.AddSamenhangService(name, _ => { });
        }

        using (var host = builder.Build())
        {
            Assert.Equal(5, ServiceNames.All.Select(name => host.Services.GetRequiredKeyedService<IEventStore>(name)).Distinct().Count());
        }

        Assert.Equal(ServiceNames.All.Order(), Directory.GetFiles(folder.Path, "*.db").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void A_name_that_is_no_service_is_refused()
        => Assert.Throws<ArgumentException>(() => Builder([]).AddSamenhangService("bakery", _ => { }));

    [Fact]
    public void An_event_that_nobody_named_stops_the_start()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Builder([]).AddSamenhangService(ServiceNames.Zvw, service => service
            .Stream<AskerState, AskerEvent>("case", AskerState.Empty, AskerState.Evolve, events => events.Add<AskerEvent.Heard>("heard"))));

        Assert.Contains(nameof(AskerEvent.Asked), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_nobody_named_stops_the_start_also_in_a_generic_sum_type()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Builder([]).AddSamenhangService(ServiceNames.Zvw, service => service
            .Stream<int, Generic<string>>("case", 0, (state, _) => state, events => events.Add<Generic<string>.Named>("named"))));

        Assert.Contains(nameof(Generic<string>.Forgotten), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Generic<string>.Named), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_consumers_of_one_message_in_one_service_are_refused()
        => Assert.Throws<InvalidOperationException>(() => Builder([]).AddSamenhangService(ServiceNames.Zvw, service => service
            .Consumer<QuestionConsumer>()
            .Consumer<SecondQuestionConsumer>()));

    private static HostApplicationBuilder Builder(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }

    public abstract record Generic<T>
    {
        private Generic()
        {
        }

        public sealed record Named(T Value) : Generic<T>;

        public sealed record Forgotten(T Value) : Generic<T>;
    }

    private sealed class SecondQuestionConsumer : IConsumer<Question>
    {
        public Task Consume(ConsumeContext<Question> context) => Task.CompletedTask;
    }

    private sealed class NoTable : IProjection<AnswererState, AnswererEvent>
    {
        public void Write(StreamChange<AnswererState, AnswererEvent> change, RowWrites rows)
        {
        }

        public void Forget(string key, RowWrites rows)
        {
        }
    }
}
