# Run: gnuplot -d arms-frechet-problem-ring.gp
set terminal svg size 900,981 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet-problem-ring.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'problem = ring: frechet (lower is better)' at screen 0.013333, screen 0.98165 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [13.5:0.5]
set logscale x
set xrange [3.7081e-5:34.535]
set xtics ('1e-4' 1e-4, '0.001' 0.001, '0.01' 0.01, '0.1' 0.1, '1' 1, '10' 10)
set lmargin at screen 0.10898
set rmargin at screen 0.48444
set tmargin at screen 0.93884
set bmargin at screen 0.6789
set title 'optimizer = newcomer, loss = nonsaturating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'smoothing' 11, 'dropout' 12, 'batch-norm' 13) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet-problem-ring.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 3 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 4 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 5 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
set lmargin at screen 0.60898
set rmargin at screen 0.98444
set tmargin at screen 0.93884
set bmargin at screen 0.6789
set title 'optimizer = newcomer, loss = hinge' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'dropout' 11, 'batch-norm' 12) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet-problem-ring.dat' index 6 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 7 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 8 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 9 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 10 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 11 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.10898
set rmargin at screen 0.48444
set tmargin at screen 0.62385
set bmargin at screen 0.36391
set title 'optimizer = newcomer, loss = wasserstein' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'dropout' 11, 'batch-norm' 12) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet-problem-ring.dat' index 12 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 13 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 14 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 15 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 16 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 17 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.60898
set rmargin at screen 0.98444
set tmargin at screen 0.62385
set bmargin at screen 0.36391
set title 'optimizer = tuned, loss = nonsaturating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'smoothing' 11, 'dropout' 12, 'batch-norm' 13) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet-problem-ring.dat' index 18 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 19 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 20 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 21 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 22 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 23 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.10898
set rmargin at screen 0.48444
set tmargin at screen 0.30887
set bmargin at screen 0.04893
set title 'optimizer = tuned, loss = hinge' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'dropout' 11, 'batch-norm' 12) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet-problem-ring.dat' index 24 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 25 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 26 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 27 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet-problem-ring.dat' index 28 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.60898
set rmargin at screen 0.98444
set tmargin at screen 0.30887
set bmargin at screen 0.04893
set title 'optimizer = tuned, loss = wasserstein' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'wgan-gp' 3, 'lp' 4, 'r1 weight=0.1' 5, 'r1 weight=1' 6, 'r2' 7, 'dragan' 8, 'zero-gp' 9, 'spectral' 10, 'dropout' 11, 'batch-norm' 12) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet-problem-ring.dat' index 29 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-ring.dat' index 30 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 31 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-ring.dat' index 32 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset multiplot
set output
