#include "shared/search/synonyms.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kGroupsMax = 2'000;
constexpr std::size_t kPartsMax = 24;

// domain.md 4.7 names the first four; the others come from how people of both sides of the ocean
// write to a help desk.
constexpr std::string_view kDefault = R"(
contraseña = clave = password = pass = passwd = contraseñas = credenciales
wifi = red inalámbrica = wireless = wi fi
notebook = laptop = portátil = ordenador = computadora = compu = pc = computador = equipo = computer = máquina = macbook
impresora = printer = imprimir = impresión = print = multifunción = fotocopiadora = copier
tóner = tinta = cartucho = toner = ink = cartridge

vpn = red privada = acceso remoto = remote access
teletrabajo = trabajo remoto = home office = remote work = trabajar desde casa = work from home
doble factor = mfa = 2fa = autenticación en dos pasos = segundo factor = two factor = authenticator
correo = mail = email = e mail = outlook = emails = mails
mensaje = message = correo
casilla = buzón = bandeja = mailbox = inbox
calendario = agenda = calendar
celular = móvil = teléfono = phone = mobile = smartphone = cell
pantalla = monitor = display = screen
parpadea = titila = flicker
ratón = mouse
teclado = keyboard
auriculares = headset = cascos = headphones = vincha
cargador = charger = fuente
disco = almacenamiento = storage = espacio = disk
lleno = llena = full = sin espacio
lento = lenta = slow = tarda = demora = va lento
bloqueado = bloqueada = bloqueo = locked = lockout = bloquear = blocked
olvidé = olvide = olvidar = forgot = perdí = forgotten = no recuerdo
restablecer = resetear = reset = recuperar = blanquear = cambiar
vencer = caducar = expirar = expire
borrar = eliminar = quitar = delete = remove
entrar = ingresar = acceder = iniciar sesión = log in = sign in = login
encender = prender = arrancar = turn on = boot = iniciar
enviar = mandar = send
bajar = descargar = download
subir = cargar = upload
comprar = compra = buy = purchase = procurement
actualizar = actualización = update = upgrade
congelada = colgada = tildada = frozen = freeze = no responde
robaron = robo = robado = robada = stolen = hurto = theft
perdido = perdida = perdí = extravié = lost = extraviado
caído = caída = cayó = down = no funciona = no anda = outage = fuera de servicio
roto = rota = rompió = broken = falla = averiado = dañado = no funciona = no anda
error = fallo = problema = falla = issue = problem
conectar = conecta = conexión = connect = connection = conexion
lector = pistola = scanner = escáner = handheld = barcode = código de barras
atasco = atascada = atascado = jam = stuck = trabada = trabado = jammed
empleado = colaborador = ingresante = new hire = employee = incorporación
alta = ingreso = crear = nuevo ingreso = onboarding
baja = desvinculación = leaver = offboarding = egreso
externo = tercero = consultor = contratista = contractor = consultant = external
visita = visitas = invitado = invitados = guest = visitante = visitors
phishing = correo sospechoso = fraude = estafa = engaño = suspicious = spam = suplantación = scam
no deseado = spam = junk
virus = malware = antivirus
cifrado = bitlocker = encryption = encrypted
instalar = install = instalación = installation
programa = software = aplicación = app = application = aplicativo
licencia = licence = license
permiso = acceso = access = permisos = permission
carpeta = folder = directorio
nube = cloud = onedrive = google drive = dropbox
copia de seguridad = respaldo = backup
pendrive = memoria usb = usb = flash drive = memory stick = thumb drive
planilla = hoja de cálculo = excel = spreadsheet
documento = document = archivo = word
imagen = foto = image = picture = photo
sitio = página = web = website = site = sitio web
compartida = compartido = shared
sala = room = sala de reuniones = meeting room
reservar = reserva = book = booking
aire = aire acondicionado = climatización = calefacción = air conditioning = heating = calor = frío
luz = iluminación = light = lighting = luces
cochera = parking = estacionamiento = aparcamiento = garaje
credencial = badge = tarjeta = id card
certificado = constancia = certificate = employment letter
sueldo = nómina = payroll = salario = recibo de sueldo = payslip = haberes
vacaciones = licencias = ausencia = días libres = holidays = leave = vacation = time off
fuera de oficina = respuesta automática = out of office
renunciar = resign = quit = leaving
viaje = viajar = travel = trip
exterior = extranjero = otro país = abroad = overseas = roaming
gastos = viáticos = reembolso = expenses = reimbursement = refund = reimbursed
curso = capacitación = training = course
proveedor = vendor = supplier
factura = invoice
firma = signature
aprobar = aprobación = approve = approval = autorizar = visto bueno
delegar = delegación = delegate = delegation = suplente
kiosco = kiosk = terminal = tótem
accesibilidad = accessibility = lector de pantalla = screen reader
privacidad = privacy = datos personales = personal data
jefe = gerente = manager = responsable = supervisor = líder = boss
compañero = colega = coworker = colleague = teammate
pantalla azul = bsod = blue screen = pantallazo
internet = red = network = navegar
dock = docking = base = dock station = replicador
navegador = browser = chrome = firefox = edge
reiniciar = restart = reboot = reinicio
apagar = shut down = apaga
mesa de ayuda = soporte = help desk = service desk = support = helpdesk
solicitud = ticket = pedido = request = caso = incidencia
estado = status
interrupción = outage = incidente = incident
mantenimiento = maintenance
depósito = almacén = warehouse = bodega
muelle = dock de carga = andén
teams = videollamada = reunión = meeting = videoconferencia = call
adjunto = archivo = attachment = file = fichero
batería = battery
cámara = webcam = camera
sonido = audio = sound = oír = escuchar
micrófono = micro = mic = microphone
buzón de voz = contestador = voicemail
interno = extensión = extension
desviar = desvío = forward
puesto = escritorio = desk
)";

std::vector<std::string> parts_of(std::string_view line) {
    std::vector<std::string> parts;
    while (!line.empty() && parts.size() < kPartsMax) {
        const std::size_t end = std::min(line.find('='), line.size());
        const std::string_view part = trimmed(line.substr(0, end));
        if (!part.empty()) parts.emplace_back(part);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return parts;
}

}  // namespace

Synonyms parse_synonyms(std::string_view text) {
    Synonyms synonyms;
    while (!text.empty() && synonyms.groups.size() < kGroupsMax) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::vector<std::string> parts = parts_of(line.substr(0, line.find('#')));
        if (parts.size() > 1) synonyms.groups.push_back(std::move(parts));
    }
    return synonyms;
}

const Synonyms& default_synonyms() {
    static const Synonyms synonyms = parse_synonyms(kDefault);
    return synonyms;
}

}  // namespace ventanilla::search
