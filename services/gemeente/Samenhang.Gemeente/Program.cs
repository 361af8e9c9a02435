using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Gemeente;

return await ServiceProcess.RunProgramAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Gemeente);
    builder.AddGemeente();
    var app = builder.Build();
    app.MapGemeente();
    return app;
});
